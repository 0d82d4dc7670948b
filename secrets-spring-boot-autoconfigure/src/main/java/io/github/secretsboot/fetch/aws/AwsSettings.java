package io.github.secretsboot.fetch.aws;

import java.net.URI;
import java.util.Objects;
import java.util.function.Supplier;

import io.awspring.cloud.autoconfigure.config.secretsmanager.SecretsManagerProperties;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.awspring.cloud.autoconfigure.core.AwsProperties;
import io.awspring.cloud.autoconfigure.core.CredentialsProperties;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProperties;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.github.secretsboot.fetch.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

import org.springframework.boot.bootstrap.BootstrapContext;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * What {@code spring.cloud.aws.*} says and what the application registered in its place.
 * The properties are read once and together. They decide whom secrets are read from and
 * as whom, so this must happen before any secret is in the environment. Safe for use by
 * many threads.
 */
public class AwsSettings implements AutoCloseable {

	private final BootstrapContext bootstrapContext;

	private final SingletonSupplier<AwsKeys> keys;

	private final @Nullable String applicationId;

	private @Nullable AwsCredentialsProvider credentials;

	AwsSettings(Environment environment, BootstrapContext bootstrapContext) {
		this.bootstrapContext = bootstrapContext;
		this.keys = SingletonSupplier.of(() -> AwsKeys.bind(Binder.get(environment), bootstrapContext));
		this.applicationId = ApplicationId.of(environment);
	}

	/**
	 * The name of the application in what AWS allows for an application id.
	 */
	@Nullable String applicationId() {
		return this.applicationId;
	}

	/**
	 * Read the properties, if that has not been done.
	 */
	void bind() {
		keys();
	}

	private AwsKeys keys() {
		return this.keys.obtain();
	}

	/**
	 * The user agent of requests that the SDK does not send.
	 * @return the value of the header
	 */
	public String userAgent() {
		return ApplicationId.userAgent(this.applicationId);
	}

	/**
	 * What is configured for all services.
	 * @return {@code spring.cloud.aws}
	 */
	public AwsProperties common() {
		return keys().common();
	}

	/**
	 * What is configured for this service.
	 * @return {@code spring.cloud.aws.secretsmanager}
	 */
	public SecretsManagerProperties service() {
		return keys().service();
	}

	/**
	 * The region of a location, looked for if it is the application's own.
	 * @param location a location
	 * @return the region
	 * @throws software.amazon.awssdk.core.exception.SdkException if there is none
	 */
	public String region(Location location) {
		if (location.region() != null) {
			return location.region();
		}
		AwsConnectionDetails details = connectionDetails();
		if (details != null && StringUtils.hasLength(details.getRegion())) {
			return Objects.requireNonNull(details.getRegion());
		}
		String region = service().getRegion();
		return StringUtils.hasLength(region) ? region : regions().getRegion().id();
	}

	/**
	 * The region provider for clients of a location.
	 */
	AwsRegionProvider regions(Location location) {
		String region = location.region();
		return (region != null) ? () -> Region.of(region) : regions();
	}

	private AwsRegionProvider regions() {
		return registered(AwsRegionProvider.class,
				() -> RegionProviderAutoConfiguration.createRegionProvider(keys().region()));
	}

	/**
	 * The endpoint that is configured in place of AWS's own, of which the most specific
	 * counts.
	 * @param location a location
	 * @return the endpoint, or {@code null} if it is AWS's own
	 */
	public @Nullable URI endpoint(Location location) {
		RegionEndpoints endpoints = registered(RegionEndpoints.class);
		if (endpoints != null) {
			return endpoints.endpoint(location.region());
		}
		AwsConnectionDetails details = connectionDetails();
		if (details != null && details.getEndpoint() != null) {
			return details.getEndpoint();
		}
		URI endpoint = service().getEndpoint();
		return (endpoint != null) ? endpoint : common().getEndpoint();
	}

	/**
	 * The application's own credentials.
	 * @return the provider, always the same
	 */
	public synchronized AwsCredentialsProvider credentials() {
		AwsCredentialsProvider current = this.credentials;
		if (current == null) {
			current = registered(AwsCredentialsProvider.class, () -> CredentialsProviderAutoConfiguration
				.createCredentialsProvider(keys().credentials(), regions(), connectionDetails()));
			this.credentials = current;
		}
		return current;
	}

	@Nullable AwsConnectionDetails connectionDetails() {
		return registered(AwsConnectionDetails.class);
	}

	/**
	 * What the application registered.
	 * @param type its type
	 * @param <T> its type
	 * @return the instance, or {@code null} if there is none
	 */
	public <T> @Nullable T registered(Class<T> type) {
		return this.bootstrapContext.getOrElse(type, null);
	}

	<T> T registered(Class<T> type, Supplier<T> other) {
		T instance = registered(type);
		return (instance != null) ? instance : other.get();
	}

	/**
	 * End the threads that credentials of ours may be refreshed on. What the application
	 * registered is its own, and the default provider is everybody's.
	 */
	@Override
	public synchronized void close() {
		if (this.credentials instanceof SdkAutoCloseable own && !(own instanceof DefaultCredentialsProvider)
				&& registered(AwsCredentialsProvider.class) == null) {
			own.close();
		}
	}

	/**
	 * The properties, each kind as the application registered it or else as it is
	 * configured.
	 */
	private record AwsKeys(AwsProperties common, SecretsManagerProperties service, RegionProperties region,
			CredentialsProperties credentials) {

		static AwsKeys bind(Binder binder, BootstrapContext registered) {
			return new AwsKeys(bind(AwsProperties.CONFIG_PREFIX, AwsProperties.class, binder, registered),
					bind(SecretsManagerProperties.CONFIG_PREFIX, SecretsManagerProperties.class, binder, registered),
					bind(RegionProperties.PREFIX, RegionProperties.class, binder, registered),
					bind(CredentialsProperties.PREFIX, CredentialsProperties.class, binder, registered));
		}

		private static <T> T bind(String prefix, Class<T> type, Binder binder, BootstrapContext registered) {
			T instance = registered.getOrElse(type, null);
			return (instance != null) ? instance : binder.bindOrCreate(prefix, type);
		}

	}

}
