package io.github.secretsboot.test;

import java.net.URI;
import java.time.Duration;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * SDK clients that neither retry nor wait long.
 */
final class TestClients {

	static final Duration PATIENCE = Duration.ofSeconds(30);

	private TestClients() {
	}

	static SecretsManagerClient client(SecretsManagerServer server) {
		return client(server.endpoint(), server.region(), PATIENCE);
	}

	static SecretsManagerClient client(SecretsManagerServer server, String accessKeyId) {
		return client(server.endpoint(), server.region(), PATIENCE, accessKeyId);
	}

	static SecretsManagerClient client(URI endpoint, String region, Duration timeout) {
		return client(endpoint, region, timeout, "fake-access-key");
	}

	private static SecretsManagerClient client(URI endpoint, String region, Duration timeout, String accessKeyId) {
		return SecretsManagerClient.builder()
			.endpointOverride(endpoint)
			.region(Region.of(region))
			.credentialsProvider(
					StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, "fake-secret-key")))
			.httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(timeout))
			.overrideConfiguration((configuration) -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
			.build();
	}

}
