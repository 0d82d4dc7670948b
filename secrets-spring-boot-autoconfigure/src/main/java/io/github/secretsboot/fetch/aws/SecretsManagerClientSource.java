package io.github.secretsboot.fetch.aws;

import java.time.Duration;
import java.util.function.Supplier;

import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.awspring.cloud.autoconfigure.config.secretsmanager.SecretsManagerClientCustomizer;
import io.awspring.cloud.autoconfigure.config.secretsmanager.SecretsManagerProperties;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.awspring.cloud.autoconfigure.core.AwsProperties;
import io.awspring.cloud.autoconfigure.core.CredentialsProperties;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProperties;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;

import org.springframework.boot.bootstrap.BootstrapContext;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Builds the one {@link SecretsManagerClient} of an application, when it is first needed,
 * the way Spring Cloud AWS would: region, credentials and endpoint from
 * {@code spring.cloud.aws.*}, and whatever the application registered with a
 * {@link org.springframework.boot.bootstrap.BootstrapRegistryInitializer}: a client, a
 * region or credentials provider, {@link AwsConnectionDetails},
 * {@link AwsSyncClientCustomizer} or {@link SecretsManagerClientCustomizer}. Customizers
 * are applied last and win. Safe for use by many threads.
 *
 * @see <a href=
 * "https://docs.awspring.io/spring-cloud-aws/docs/4.0.0/reference/html/index.html">Spring
 * Cloud AWS reference</a>
 */
public final class SecretsManagerClientSource implements AutoCloseable {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

	private static final int MAX_ATTEMPTS = 3;

	private final Binder binder;

	private final BootstrapContext bootstrapContext;

	private volatile @Nullable SecretsManagerClient client;

	private boolean closed;

	/**
	 * Create a source.
	 * @param environment holds {@code spring.cloud.aws.*}
	 * @param bootstrapContext holds what the application registered
	 */
	public SecretsManagerClientSource(Environment environment, BootstrapContext bootstrapContext) {
		this.binder = Binder.get(environment);
		this.bootstrapContext = bootstrapContext;
	}

	/**
	 * The client, built if this is the first call.
	 * @return the client
	 */
	public SecretsManagerClient getClient() {
		SecretsManagerClient current = this.client;
		return (current != null) ? current : build();
	}

	private synchronized SecretsManagerClient build() {
		if (this.closed) {
			throw new IllegalStateException("The Secrets Manager client is closed");
		}
		SecretsManagerClient current = this.client;
		if (current == null) {
			current = registered(SecretsManagerClient.class, this::create);
			this.client = current;
		}
		return current;
	}

	private SecretsManagerClient create() {
		SecretsManagerClientBuilder builder = SecretsManagerClient.builder()
			.httpClientBuilder(
					UrlConnectionHttpClient.builder().connectionTimeout(CONNECT_TIMEOUT).socketTimeout(READ_TIMEOUT));
		configurer().configure(builder,
				properties(SecretsManagerProperties.CONFIG_PREFIX, SecretsManagerProperties.class),
				this.bootstrapContext.getOrElse(AwsConnectionDetails.class, null));
		builder.overrideConfiguration(builder.overrideConfiguration()
			.copy((configuration) -> configuration.retryStrategy(
					AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(MAX_ATTEMPTS).build())));
		customize(builder);
		return builder.build();
	}

	private AwsClientBuilderConfigurer configurer() {
		AwsRegionProvider regions = registered(AwsRegionProvider.class, () -> RegionProviderAutoConfiguration
			.createRegionProvider(properties(RegionProperties.PREFIX, RegionProperties.class)));
		AwsCredentialsProvider credentials = registered(AwsCredentialsProvider.class,
				() -> CredentialsProviderAutoConfiguration.createCredentialsProvider(
						properties(CredentialsProperties.PREFIX, CredentialsProperties.class), regions,
						this.bootstrapContext.getOrElse(AwsConnectionDetails.class, null)));
		return new AwsClientBuilderConfigurer(credentials, regions,
				properties(AwsProperties.CONFIG_PREFIX, AwsProperties.class));
	}

	private void customize(SecretsManagerClientBuilder builder) {
		AwsSyncClientCustomizer common = this.bootstrapContext.getOrElse(AwsSyncClientCustomizer.class, null);
		if (common != null) {
			common.customize(builder);
		}
		SecretsManagerClientCustomizer specific = this.bootstrapContext.getOrElse(SecretsManagerClientCustomizer.class,
				null);
		if (specific != null) {
			specific.customize(builder);
		}
	}

	private <T> T properties(String prefix, Class<T> type) {
		return registered(type, () -> this.binder.bindOrCreate(prefix, type));
	}

	private <T> T registered(Class<T> type, Supplier<T> other) {
		T instance = this.bootstrapContext.getOrElse(type, null);
		return (instance != null) ? instance : other.get();
	}

	/**
	 * The region of the client.
	 * @return the region, or {@code null} as long as no client could be built
	 */
	@Nullable String region() {
		SecretsManagerClient current = this.client;
		return (current != null) ? current.serviceClientConfiguration().region().id() : null;
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		SecretsManagerClient current = this.client;
		if (current != null) {
			current.close();
		}
	}

}
