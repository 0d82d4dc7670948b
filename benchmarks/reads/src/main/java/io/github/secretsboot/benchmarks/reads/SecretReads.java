package io.github.secretsboot.benchmarks.reads;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.amazonaws.secretsmanager.caching.SecretCache;
import io.github.secretsboot.SecretSnapshot;
import io.github.secretsboot.Secrets;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Code that reads one value of the last of 50 secrets: with {@link Secrets}, from a
 * {@link HashMap}, and with AWS's caching library.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init")
public class SecretReads {

	private static final int LAST = Fixture.SECRETS - 1;

	private static final String SECRET = Fixture.secretName(LAST);

	private static final String KEY = "service-" + LAST + ".password";

	private final JsonMapper json = JsonMapper.builder().build();

	private Fixture fixture;

	private ConfigurableApplicationContext context;

	private Secrets secrets;

	private SecretSnapshot snapshot;

	private Map<String, String> map;

	private SecretsManagerClient client;

	private SecretCache cache;

	/**
	 * Load the secrets in each way.
	 */
	@Setup
	public void start() {
		this.fixture = new Fixture();
		this.context = this.fixture.start("ours", Fixture.SECRETS);
		this.secrets = this.context.getBean(Secrets.class);
		this.snapshot = this.secrets.get(SECRET);
		this.map = new HashMap<>(Fixture.content(LAST));
		this.client = client(this.fixture.server().endpoint());
		this.cache = new SecretCache(this.client);
	}

	private static SecretsManagerClient client(URI endpoint) {
		return SecretsManagerClient.builder()
			.endpointOverride(endpoint)
			.region(Region.US_EAST_1)
			.credentialsProvider(
					StaticCredentialsProvider.create(AwsBasicCredentials.create("fake-access-key", "fake-secret-key")))
			.build();
	}

	/**
	 * Stop the application.
	 */
	@TearDown
	public void stop() {
		this.cache.close();
		this.client.close();
		this.context.close();
		this.fixture.close();
	}

	/**
	 * Read from a map.
	 * @return the value
	 */
	@Benchmark
	public @Nullable String hashMap() {
		return this.map.get(KEY);
	}

	/**
	 * Read from a snapshot.
	 * @return the value
	 */
	@Benchmark
	public @Nullable String snapshot() {
		return this.snapshot.get(KEY);
	}

	/**
	 * Read the version that is in use.
	 * @return the value
	 */
	@Benchmark
	public @Nullable String secrets() {
		return this.secrets.get(SECRET).get(KEY);
	}

	/**
	 * Read the whole secret from AWS's cache.
	 * @return the text
	 */
	@Benchmark
	public @Nullable String cache() {
		return this.cache.getSecretString(SECRET);
	}

	/**
	 * Read one value with AWS's cache.
	 * @return the value
	 */
	@Benchmark
	public @Nullable Object cacheAndJson() {
		return this.json.readValue(this.cache.getSecretString(SECRET), Map.class).get(KEY);
	}

}
