package io.github.secretsboot.fetch.aws;

import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.awspring.cloud.autoconfigure.config.secretsmanager.SecretsManagerClientCustomizer;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.github.secretsboot.fetch.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;

/**
 * Builds clients the way Spring Cloud AWS would. A region or role of a source is applied
 * after the customizers; an endpoint that is configured serves all regions. Used by one
 * thread at a time.
 */
class ClientFactory implements AutoCloseable {

	private final AwsSettings settings;

	private @Nullable AssumedRoles roles;

	ClientFactory(AwsSettings settings) {
		this.settings = settings;
	}

	SecretsManagerClient create(Location location) {
		return location.equals(Location.DEFAULT)
				? this.settings.registered(SecretsManagerClient.class, () -> build(location)) : build(location);
	}

	private SecretsManagerClient build(Location location) {
		AwsClientBuilderConfigurer configurer = configurer(location);
		SecretsManagerClientBuilder builder = SecretsManagerClient.builder();
		configurer.configure(prepare(builder), this.settings.service(), connectionDetails());
		limit(builder);
		customize(builder);
		if (location.region() != null) {
			builder.region(Region.of(location.region()));
		}
		RegionEndpoints endpoints = this.settings.registered(RegionEndpoints.class);
		if (endpoints != null) {
			builder.endpointOverride(endpoints.endpoint(location.region()));
		}
		if (location.roleArn() != null) {
			builder.credentialsProvider(roles().credentials(location, configurer));
		}
		return build(builder);
	}

	private static SecretsManagerClient build(SecretsManagerClientBuilder builder) {
		try {
			return builder.build();
		}
		catch (IllegalArgumentException ex) {
			// Perhaps a customizer has set an HTTP client, which cannot be beside ours
			return builder.httpClientBuilder(null).build();
		}
	}

	/**
	 * A builder for what is neither big nor slow: connections suit an answer of a few
	 * kilobytes.
	 */
	<B extends AwsSyncClientBuilder<B, ?>> B prepare(B builder) {
		return builder.httpClientBuilder((defaults) -> SdkHttp.create());
	}

	private void limit(SecretsManagerClientBuilder builder) {
		builder.overrideConfiguration(builder.overrideConfiguration().copy((configuration) -> {
			configuration.retryStrategy(new BudgetedRetries()).addExecutionInterceptor(new AnswerLimit());
			if (this.settings.applicationId() != null && ApplicationId.configured().isEmpty()) {
				configuration.appId(this.settings.applicationId());
			}
		}));
	}

	private AwsClientBuilderConfigurer configurer(Location location) {
		return new AwsClientBuilderConfigurer(this.settings.credentials(), this.settings.regions(location),
				this.settings.common());
	}

	private AssumedRoles roles() {
		AssumedRoles current = this.roles;
		if (current == null) {
			current = new AssumedRoles(this, this.settings.applicationId());
			this.roles = current;
		}
		return current;
	}

	private void customize(SecretsManagerClientBuilder builder) {
		AwsSyncClientCustomizer common = this.settings.registered(AwsSyncClientCustomizer.class);
		if (common != null) {
			common.customize(builder);
		}
		SecretsManagerClientCustomizer specific = this.settings.registered(SecretsManagerClientCustomizer.class);
		if (specific != null) {
			specific.customize(builder);
		}
	}

	@Nullable AwsConnectionDetails connectionDetails() {
		return this.settings.connectionDetails();
	}

	@Override
	public void close() {
		if (this.roles != null) {
			this.roles.close();
		}
	}

}
