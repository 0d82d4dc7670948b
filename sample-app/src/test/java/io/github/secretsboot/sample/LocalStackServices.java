package io.github.secretsboot.sample;

import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.secretsboot.test.StoredVersion;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Secrets Manager of a LocalStack that runs somewhere, and a Stripe inside the JVM.
 * Creates the sample's secret where there is none yet. LocalStack cannot be made fail
 * from here.
 */
final class LocalStackServices implements SampleServices {

	private static final Region REGION = Region.US_EAST_1;

	private static final String CREDENTIAL = "test";

	private final URI endpoint;

	private final SecretsManagerClient client;

	private final StripeStandIn stripe;

	private LocalStackServices(URI endpoint, SecretsManagerClient client, Clock clock) {
		this.endpoint = endpoint;
		this.client = client;
		this.stripe = StripeStandIn.start(new SecretKeys(this::find), GRACE_PERIOD, clock);
	}

	/**
	 * Use a LocalStack.
	 * @param endpoint where it listens
	 * @param clock tells Stripe the time
	 * @return the services, which are ready
	 */
	static LocalStackServices connect(URI endpoint, Clock clock) {
		SecretsManagerClient client = SecretsManagerClient.builder()
			.endpointOverride(endpoint)
			.region(REGION)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(CREDENTIAL, CREDENTIAL)))
			.httpClient(UrlConnectionHttpClient.create())
			.build();
		LocalStackServices services = new LocalStackServices(endpoint, client, clock);
		if (services.find("AWSCURRENT").isEmpty()) {
			client.createSecret((request) -> request.name(SECRET).secretString(json(1)));
		}
		return services;
	}

	private Optional<StoredVersion> find(String stage) {
		try {
			GetSecretValueResponse found = this.client
				.getSecretValue((request) -> request.secretId(SECRET).versionStage(stage));
			return Optional.of(new StoredVersion(found.versionId(), found.secretString(), found.createdDate()));
		}
		catch (ResourceNotFoundException ex) {
			return Optional.empty();
		}
	}

	private static String json(int number) {
		return JsonMapper.shared().writeValueAsString(LocalServices.secret(number));
	}

	@Override
	public Map<String, String> properties() {
		Map<String, String> properties = new LinkedHashMap<>();
		properties.put("spring.cloud.aws.endpoint", this.endpoint.toString());
		properties.put("spring.cloud.aws.region.static", REGION.id());
		properties.put("spring.cloud.aws.credentials.access-key", CREDENTIAL);
		properties.put("spring.cloud.aws.credentials.secret-key", CREDENTIAL);
		properties.put("stripe.api-base", this.stripe.uri().toString());
		return properties;
	}

	@Override
	public synchronized String rotateKey() {
		// Whoever ran the sample before may have left any number of keys behind
		int number = new SecretKeys(this::find).current()
			.map((key) -> key.value().replaceFirst(".*?(\\d{0,4})$", "0$1"))
			.map(Integer::valueOf)
			.orElse(0);
		return this.client.putSecretValue((request) -> request.secretId(SECRET).secretString(json(number + 1)))
			.versionId();
	}

	@Override
	public Set<Disturbance> possible() {
		return Set.of();
	}

	@Override
	public Set<Disturbance> present() {
		return Set.of();
	}

	@Override
	public void disturb(Disturbance disturbance, boolean on) {
		throw new UnsupportedOperationException("LocalStack cannot be made fail");
	}

	@Override
	public void close() {
		this.stripe.close();
		this.client.close();
	}

}
