package io.github.secretsboot.follow.ssl;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties.Store;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemContent;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/**
 * The properties of an SSL bundle in PEM format. Two are equal if they have the same
 * certificates, keys and passwords.
 */
final class PemBundle {

	private static final String PREFIX = "spring.ssl.bundle.pem";

	private final PemSslBundleProperties properties;

	private PemBundle(PemSslBundleProperties properties) {
		this.properties = properties;
		// A key and a certificate of two versions serve nobody
		Store keystore = properties.getKeystore();
		keystore.setVerifyKeys(keystore.isVerifyKeys() || keystore.getPrivateKey() != null);
	}

	static @Nullable PemBundle read(Environment environment, String name) {
		String dotted = PREFIX + "." + name;
		return Binder.get(environment)
			.bind(ConfigurationPropertyName.isValid(dotted) ? dotted : PREFIX + "[" + name + "]",
					PemSslBundleProperties.class)
			.map(PemBundle::new)
			.orElse(null);
	}

	/**
	 * Make the bundle.
	 * @throws RuntimeException if a certificate or a key cannot be read, or if the key is
	 * not that of the certificate
	 */
	SslBundle create(ResourceLoader resourceLoader) {
		SslBundle bundle = PropertiesSslBundle.get(this.properties, resourceLoader);
		bundle.createSslContext();
		return bundle;
	}

	/**
	 * Whether there is PEM text wherever another bundle has some. If there was a location
	 * instead, whoever writes a secret could have files and URLs read.
	 */
	boolean hasTextWhere(PemBundle other) {
		List<@Nullable String> before = other.material();
		List<@Nullable String> after = material();
		return IntStream.range(0, before.size()).allMatch((i) -> !isText(before.get(i)) || isText(after.get(i)));
	}

	private static boolean isText(@Nullable String content) {
		return content != null && PemContent.isPresentInText(content);
	}

	private List<@Nullable String> material() {
		Store keys = this.properties.getKeystore();
		Store trust = this.properties.getTruststore();
		return Arrays.asList(keys.getCertificate(), keys.getPrivateKey(), keys.getPrivateKeyPassword(),
				trust.getCertificate(), trust.getPrivateKey(), trust.getPrivateKeyPassword(),
				this.properties.getKey().getPassword());
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof PemBundle bundle && bundle.material().equals(material());
	}

	@Override
	public int hashCode() {
		return material().hashCode();
	}

}
