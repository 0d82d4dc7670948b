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
import io.github.secretsboot.fetch.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;

import org.springframework.boot.bootstrap.BootstrapContext;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Builds clients the way Spring Cloud AWS would. A region or role of a source is applied
 * after the customizers; an endpoint that is configured serves all regions. Used by one
 * thread at a time.
 */
class ClientFactory implements AutoCloseable {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

	private static final int MAX_ATTEMPTS = 3;

	private final Binder binder;

	private final BootstrapContext bootstrapContext;

	private final @Nullable String applicationId;

	private @Nullable AwsCredentialsProvider credentials;

	private @Nullable AssumedRoles roles;

	ClientFactory(Environment environment, BootstrapContext bootstrapContext) {
		this.binder = Binder.get(environment);
		this.bootstrapContext = bootstrapContext;
		this.applicationId = ApplicationId.of(environment);
	}

	SecretsManagerClient create(Location location) {
		return location.equals(Location.DEFAULT) ? registered(SecretsManagerClient.class, () -> build(location))
				: build(location);
	}

	private SecretsManagerClient build(Location location) {
		AwsClientBuilderConfigurer configurer = configurer(location);
		SecretsManagerClientBuilder builder = SecretsManagerClient.builder();
		configurer.configure(prepare(builder),
				properties(SecretsManagerProperties.CONFIG_PREFIX, SecretsManagerProperties.class),
				connectionDetails());
		limitAttempts(builder);
		customize(builder);
		if (location.region() != null) {
			builder.region(Region.of(location.region()));
		}
		RegionEndpoints endpoints = this.bootstrapContext.getOrElse(RegionEndpoints.class, null);
		if (endpoints != null) {
			builder.endpointOverride(endpoints.endpoint(location.region()));
		}
		if (location.roleArn() != null) {
			builder.credentialsProvider(roles().credentials(location, configurer));
		}
		return builder.build();
	}

	/**
	 * A builder for what is neither big nor slow: timeouts suit an answer of a few
	 * kilobytes.
	 */
	<B extends AwsSyncClientBuilder<B, ?>> B prepare(B builder) {
		return builder.httpClientBuilder(
				UrlConnectionHttpClient.builder().connectionTimeout(CONNECT_TIMEOUT).socketTimeout(READ_TIMEOUT));
	}

	private void limitAttempts(SecretsManagerClientBuilder builder) {
		builder.overrideConfiguration(builder.overrideConfiguration().copy((configuration) -> {
			configuration.retryStrategy(new BudgetedRetries(
					AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(MAX_ATTEMPTS).build()));
			if (this.applicationId != null && !ApplicationId.isConfigured()) {
				configuration.appId(this.applicationId);
			}
		}));
	}

	private AwsClientBuilderConfigurer configurer(Location location) {
		String region = location.region();
		AwsRegionProvider own = registered(AwsRegionProvider.class, () -> RegionProviderAutoConfiguration
			.createRegionProvider(properties(RegionProperties.PREFIX, RegionProperties.class)));
		AwsRegionProvider regions = (region != null) ? () -> Region.of(region) : own;
		return new AwsClientBuilderConfigurer(credentials(own), regions,
				properties(AwsProperties.CONFIG_PREFIX, AwsProperties.class));
	}

	private AwsCredentialsProvider credentials(AwsRegionProvider regions) {
		AwsCredentialsProvider current = this.credentials;
		if (current == null) {
			current = registered(AwsCredentialsProvider.class,
					() -> CredentialsProviderAutoConfiguration.createCredentialsProvider(
							properties(CredentialsProperties.PREFIX, CredentialsProperties.class), regions,
							connectionDetails()));
			this.credentials = current;
		}
		return current;
	}

	private AssumedRoles roles() {
		AssumedRoles current = this.roles;
		if (current == null) {
			current = new AssumedRoles(this, this.applicationId);
			this.roles = current;
		}
		return current;
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

	@Nullable AwsConnectionDetails connectionDetails() {
		return this.bootstrapContext.getOrElse(AwsConnectionDetails.class, null);
	}

	private <T> T properties(String prefix, Class<T> type) {
		return registered(type, () -> this.binder.bindOrCreate(prefix, type));
	}

	private <T> T registered(Class<T> type, Supplier<T> other) {
		T instance = this.bootstrapContext.getOrElse(type, null);
		return (instance != null) ? instance : other.get();
	}

	@Override
	public void close() {
		if (this.roles != null) {
			this.roles.close();
		}
	}

}
