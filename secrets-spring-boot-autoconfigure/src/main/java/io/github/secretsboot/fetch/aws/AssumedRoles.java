package io.github.secretsboot.fetch.aws;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.github.secretsboot.fetch.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * Credentials of the roles that sources name, renewed before they expire. STS is asked in
 * the region of the secret, so that the outage of another region does not matter. The
 * only class that knows STS, which is an optional dependency.
 */
class AssumedRoles implements AutoCloseable {

	private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

	private static final String DEFAULT_SESSION_NAME = "secrets-spring-boot";

	private final ClientFactory clients;

	private final String sessionName;

	private final List<AutoCloseable> closeables = new ArrayList<>();

	AssumedRoles(ClientFactory clients, @Nullable String applicationId) {
		this.clients = clients;
		this.sessionName = (applicationId != null && applicationId.length() > 1) ? applicationId : DEFAULT_SESSION_NAME;
	}

	AwsCredentialsProvider credentials(Location location, AwsClientBuilderConfigurer configurer) {
		StsClientBuilder builder = configurer.configure(this.clients.prepare(StsClient.builder()), null,
				this.clients.connectionDetails());
		if (location.region() != null) {
			builder.region(Region.of(location.region()));
		}
		builder.overrideConfiguration(builder.overrideConfiguration()
			.copy((configuration) -> configuration.apiCallTimeout(CALL_TIMEOUT)
				.addExecutionInterceptor(new AnswerLimit())));
		StsClient sts = builder.build();
		StsAssumeRoleCredentialsProvider credentials = StsAssumeRoleCredentialsProvider.builder()
			.stsClient(sts)
			.refreshRequest((role) -> role.roleArn(location.roleArn()).roleSessionName(this.sessionName))
			.build();
		this.closeables.add(credentials);
		this.closeables.add(sts);
		return credentials;
	}

	@Override
	public void close() {
		for (AutoCloseable closeable : this.closeables) {
			try {
				closeable.close();
			}
			catch (Exception ex) {
				throw new IllegalStateException("Could not close STS", ex);
			}
		}
	}

}
