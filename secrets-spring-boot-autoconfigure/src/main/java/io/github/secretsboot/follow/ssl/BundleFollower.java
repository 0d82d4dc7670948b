package io.github.secretsboot.follow.ssl;

import io.github.secretsboot.follow.Follower;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.Assert;

/**
 * Updates an SSL bundle, which its users are told by the registry.
 */
class BundleFollower implements Follower<PemBundle> {

	private final String name;

	private final SslBundleRegistry registry;

	private final ResourceLoader resourceLoader;

	private volatile @Nullable PemBundle current;

	/**
	 * Create a follower.
	 * @param name the name of the bundle
	 * @param registry has the bundle
	 * @param resourceLoader loads what the properties have as files
	 */
	BundleFollower(String name, SslBundleRegistry registry, ResourceLoader resourceLoader) {
		this.name = name;
		this.registry = registry;
		this.resourceLoader = resourceLoader;
	}

	@Override
	public @Nullable PemBundle read(Environment environment) {
		return PemBundle.read(environment, this.name);
	}

	@Override
	public void apply(PemBundle bundle) {
		if (this.current != null) {
			this.registry.updateBundle(this.name, create(bundle));
		}
		this.current = bundle;
	}

	@Override
	public void tryOut(PemBundle candidate) {
		create(candidate);
	}

	private SslBundle create(PemBundle bundle) {
		PemBundle before = this.current;
		Assert.state(before == null || bundle.hasTextWhere(before), "PEM text has become a location");
		return bundle.create(this.resourceLoader);
	}

	@Override
	public boolean isRefused(Exception failure) {
		return true;
	}

	@Override
	public String member() {
		return "bundles[" + this.name + "]";
	}

}
