package io.github.secretsboot.test;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import tools.jackson.databind.json.JsonMapper;

/**
 * A Secrets Manager that runs inside the JVM: an HTTP server on the loopback interface
 * that AWS's SDKs and command line interface can talk to.
 *
 * <pre>{@code
 * try (SecretsManagerServer server = SecretsManagerServer.start()) {
 *     server.create("myapp/test/api-keys", Map.of("STRIPE_SECRET_KEY", "sk_test_fake"));
 *     SpringApplication.run(MyApplication.class, server.arguments());
 *     server.rotate("myapp/test/api-keys", Map.of("STRIPE_SECRET_KEY", "sk_test_new"));
 *     server.throttle(2);
 * }
 * }</pre>
 *
 * Secrets are given by name or ARN. What AWS would refuse, these methods refuse with an
 * {@link IllegalStateException} that carries AWS's error code and message. All methods
 * may be called from any thread, also while clients are connected. All of the server's
 * threads are daemons. No log line, message, recording or {@code toString} contains a
 * value.
 */
public final class SecretsManagerServer extends SecretOperations implements AutoCloseable {

	private static final String ACCOUNT = "123456789012";

	private final String region;

	private final FaultScript faults = new FaultScript();

	private final CallLog calls = new CallLog();

	private final HttpEndpoint http;

	private SecretsManagerServer(Builder builder) {
		this(builder, new Partition(builder.clock));
	}

	private SecretsManagerServer(Builder builder, Partition partition) {
		super(partition, partition.store(ACCOUNT, builder.region), JsonMapper.builder().build());
		this.region = builder.region;
		Dispatcher dispatcher = new Dispatcher(partition, this.mapper);
		this.http = HttpEndpoint.start(builder.port,
				new WireHandler(this.store, dispatcher, this.faults, this.calls, this.mapper));
	}

	/**
	 * Start a server with an ephemeral port, for the region {@code us-east-1}.
	 * @return the server, which is ready
	 */
	public static SecretsManagerServer start() {
		return builder().start();
	}

	/**
	 * Start to build a server.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return where the server listens.
	 * @return a URI like {@code http://127.0.0.1:49152}
	 */
	public URI endpoint() {
		return this.http.uri();
	}

	/**
	 * Return the region that the ARNs of the secrets name.
	 * @return the region
	 */
	public String region() {
		return this.region;
	}

	/**
	 * Return what makes a Spring application with Spring Cloud AWS use this server:
	 * endpoint, region and credentials that are visibly fake.
	 * @return property names and values
	 */
	public Map<String, String> springProperties() {
		Map<String, String> properties = new LinkedHashMap<>();
		properties.put("spring.cloud.aws.endpoint", endpoint().toString());
		properties.put("spring.cloud.aws.region.static", region());
		properties.put("spring.cloud.aws.credentials.access-key", "fake-access-key");
		properties.put("spring.cloud.aws.credentials.secret-key", "fake-secret-key");
		return properties;
	}

	/**
	 * Return the {@linkplain #springProperties() Spring properties} as command line
	 * arguments, for {@code SpringApplication.run}.
	 * @param arguments more arguments, which go last
	 * @return the arguments
	 */
	public String[] arguments(String... arguments) {
		Stream<String> own = springProperties().entrySet()
			.stream()
			.map((property) -> "--%s=%s".formatted(property.getKey(), property.getValue()));
		return Stream.concat(own, Stream.of(arguments)).toArray(String[]::new);
	}

	/**
	 * Let calls go wrong. Faults add up: several that match the same call take turns in
	 * the order in which they were given, except for delays and broken values, which all
	 * apply.
	 * @param fault what goes wrong, and for which calls
	 */
	public void fail(Fault fault) {
		this.faults.add(fault);
	}

	/**
	 * Deny access to secrets, in a batch too.
	 * @param secrets the secrets, which need not exist
	 */
	public void deny(String... secrets) {
		fail(Fault.denied().on(secrets));
	}

	/**
	 * Deny operations, whatever the secret.
	 * @param operations the operations
	 */
	public void deny(Operation... operations) {
		fail(Fault.denied().on(operations));
	}

	/**
	 * Throttle the next calls.
	 * @param times how many
	 */
	public void throttle(int times) {
		fail(Fault.throttled().times(times));
	}

	/**
	 * Let every call take its time.
	 * @param latency how long
	 */
	public void latency(Duration latency) {
		this.faults.latency(latency);
	}

	/**
	 * End all faults and the latency. Calls that wait for their delay are answered now,
	 * the connections of calls that hang are closed.
	 */
	public void heal() {
		this.faults.heal();
	}

	/**
	 * Count the calls.
	 * @return how many calls arrived, those that failed included
	 */
	public int calls() {
		return this.calls.count((request) -> true);
	}

	/**
	 * Count the calls of an operation.
	 * @param operation the operation
	 * @return how many calls arrived, those that failed included
	 */
	public int calls(Operation operation) {
		return this.calls.count((request) -> request.operation() == operation);
	}

	/**
	 * Count the calls of an operation that name a secret, whether by name or by ARN.
	 * @param operation the operation
	 * @param secret the secret
	 * @return how many calls arrived, those that failed included
	 */
	public int calls(Operation operation, String secret) {
		return this.calls.count((request) -> request.operation() == operation && request.names(secret));
	}

	/**
	 * Return the requests behind the {@linkplain #calls() calls}, in the order of
	 * arrival.
	 * @return the requests, which carry no values
	 */
	public List<RecordedRequest> requests() {
		return this.calls.requests();
	}

	/**
	 * Forget the calls so far.
	 */
	public void resetCalls() {
		this.calls.reset();
	}

	/**
	 * Stop at once: connections are closed, whatever waits or hangs is released. Closing
	 * again does nothing.
	 */
	@Override
	public void close() {
		this.faults.close();
		this.http.close();
	}

	@Override
	public String toString() {
		return "SecretsManagerServer[endpoint=%s, region=%s, secrets=%d, faults=%d, calls=%d]".formatted(endpoint(),
				region(), this.partition.atomically(this.store::list).size(), this.faults.size(), calls());
	}

	/**
	 * Builds a {@link SecretsManagerServer}.
	 */
	public static final class Builder {

		private String region = "us-east-1";

		private Clock clock = Clock.systemUTC();

		private int port = 0;

		private Builder() {
		}

		/**
		 * Set the region.
		 * @param region a region, {@code us-east-1} by default
		 * @return this builder
		 */
		public Builder region(String region) {
			this.region = region;
			return this;
		}

		/**
		 * Set where the server gets the time from.
		 * @param clock a clock, the system's by default
		 * @return this builder
		 */
		public Builder clock(Clock clock) {
			this.clock = clock;
			return this;
		}

		/**
		 * Set the port.
		 * @param port a port; {@code 0}, the default, is any free port
		 * @return this builder
		 */
		public Builder port(int port) {
			this.port = port;
			return this;
		}

		/**
		 * Start the server.
		 * @return the server, which is ready
		 */
		public SecretsManagerServer start() {
			return new SecretsManagerServer(this);
		}

	}

}
