package io.github.secretsboot.test;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

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
 * Pass secrets by name or ARN. If AWS would reject a call, these methods throw an
 * {@link IllegalStateException} with AWS's error code and message. You can call all
 * methods from any thread, even while clients are connected. All of the server's threads
 * are daemons. No log line, message, recording or {@code toString} contains a value.
 *
 * @since 0.1.0
 */
public final class SecretsManagerServer extends ServerControls implements AutoCloseable {

	private final String region;

	private final Callers callers;

	private final HttpEndpoint http;

	private SecretsManagerServer(Builder builder) {
		this(builder, (builder.joined != null) ? builder.joined.partition : new Partition(builder.clock));
	}

	private SecretsManagerServer(Builder builder, Partition partition) {
		super(partition, partition.store(builder.account, builder.region));
		this.region = builder.region;
		if (builder.lambdaEndpoint != null) {
			partition.rotationFunctions().lookAt(builder.lambdaEndpoint);
		}
		this.callers = new Callers(partition, builder.account, builder.region, builder.everyRegion);
		this.http = HttpEndpoint.start(builder.port, new WireHandler(partition, this.callers, this.faults, this.calls));
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
	 * Return the properties with which a Spring application with Spring Cloud AWS uses
	 * this server: endpoint, region and visibly fake credentials.
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
	 * @param arguments further arguments, which come last
	 * @return the arguments
	 */
	public String[] arguments(String... arguments) {
		Stream<String> own = springProperties().entrySet()
			.stream()
			.map((property) -> "--%s=%s".formatted(property.getKey(), property.getValue()));
		return Stream.concat(own, Stream.of(arguments)).toArray(String[]::new);
	}

	/**
	 * Set the caller. Until then, every caller may do everything in its account. The
	 * caller applies to all access keys that have no caller of their own, until this
	 * method is called again.
	 * @param caller the caller and its policies
	 */
	public void caller(Caller caller) {
		this.callers.add(caller);
	}

	/**
	 * Set the caller for an access key, on this server and on those that it
	 * {@linkplain Builder#join(SecretsManagerServer) has joined}. Without this, an access
	 * key id that is an account number stands for a caller in that account who may do
	 * everything there.
	 * @param accessKeyId the id of the access key
	 * @param caller the caller and its policies
	 */
	public void caller(String accessKeyId, Caller caller) {
		this.callers.add(accessKeyId, caller);
	}

	/**
	 * Stop at once, close all connections, and release calls that wait or hang. Closing
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

		private String account = "123456789012";

		private boolean everyRegion = false;

		private @Nullable SecretsManagerServer joined;

		private @Nullable URI lambdaEndpoint;

		private @Nullable Path content;

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
		 * Serve every region with one endpoint: a request reaches the secrets of the
		 * region that it is signed for. Without this, all secrets belong to the
		 * {@linkplain #region(String) region} of the server, whatever region requests are
		 * signed for. The methods of the server always use its own region.
		 * @return this builder
		 */
		public Builder everyRegion() {
			this.everyRegion = true;
			return this;
		}

		/**
		 * Set the account.
		 * @param account a number of twelve digits, {@code 123456789012} by default
		 * @return this builder
		 */
		public Builder account(String account) {
			if (!account.matches("\\d{12}")) {
				throw new IllegalArgumentException("An account is a number of twelve digits, not " + account);
			}
			this.account = account;
			return this;
		}

		/**
		 * Join another server, which serves another region, another account, or the same
		 * one at another endpoint. Secrets are replicated between joined servers, and
		 * live as long as any of them runs. The server uses the other server's clock.
		 * @param server the other server, or one of several joined servers
		 * @return this builder
		 */
		public Builder join(SecretsManagerServer server) {
			this.joined = server;
			return this;
		}

		/**
		 * Start the server with the secrets in a file, a JSON object of names and values.
		 * A string becomes the text of the secret. Any other value becomes JSON text.
		 * @param file the file
		 * @return this builder
		 */
		public Builder content(Path file) {
			this.content = file;
			return this;
		}

		/**
		 * Let {@code RotateSecret} invoke real Lambda functions, except for those that
		 * {@linkplain SecretsManagerServer#rotationFunction are registered}.
		 * @param endpoint an endpoint that behaves like AWS Lambda, such as
		 * {@code sam local start-lambda} at {@code http://127.0.0.1:3001}
		 * @return this builder
		 */
		public Builder lambdaEndpoint(URI endpoint) {
			this.lambdaEndpoint = endpoint;
			return this;
		}

		/**
		 * Set the clock of the server.
		 * @param clock a clock, the system clock by default
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
			Map<String, String> secrets = (this.content != null) ? StartContent.read(this.content) : Map.of();
			SecretsManagerServer server = new SecretsManagerServer(this);
			try {
				secrets.forEach(server::create);
				return server;
			}
			catch (RuntimeException ex) {
				server.close();
				throw ex;
			}
		}

	}

}
