package io.github.secretsboot.sample;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.secretsboot.test.SecretsManagerServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the sample talks to, inside the JVM: a Secrets Manager that holds its secret, and
 * a Stripe that accepts the key in that secret, whoever put it there.
 */
final class LocalServices implements AutoCloseable {

	static final String SECRET = "myapp/production/api-keys";

	static final Duration GRACE_PERIOD = Duration.ofSeconds(10);

	private static final Logger logger = LoggerFactory.getLogger(LocalServices.class);

	private final AtomicInteger keysIssued = new AtomicInteger();

	private final SecretsManagerServer secretsManager;

	private final StripeStandIn stripe;

	private LocalServices(SecretsManagerServer secretsManager, Clock clock) {
		this.secretsManager = secretsManager;
		secretsManager.create(SECRET, secretWithNewKey());
		this.stripe = StripeStandIn
			.start(new SecretsManagerKeys(secretsManager.endpoint(), SECRET, "STRIPE_SECRET_KEY"), GRACE_PERIOD, clock);
	}

	/**
	 * Start both on any free ports.
	 * @param clock tells both the time
	 * @return the services, which are ready
	 */
	static LocalServices start(Clock clock) {
		return start(0, clock);
	}

	/**
	 * Start both, with the Secrets Manager on a given port.
	 * @param secretsManagerPort the port; if it is taken, any free one is used instead
	 * @param clock tells both the time
	 * @return the services, which are ready
	 */
	static LocalServices start(int secretsManagerPort, Clock clock) {
		return new LocalServices(startSecretsManager(secretsManagerPort, clock), clock);
	}

	private static SecretsManagerServer startSecretsManager(int port, Clock clock) {
		try {
			return SecretsManagerServer.builder().port(port).clock(clock).start();
		}
		catch (UncheckedIOException ex) {
			SecretsManagerServer server = SecretsManagerServer.builder().clock(clock).start();
			logger.warn("Port {} is taken, so the local Secrets Manager listens on port {} instead", port,
					server.endpoint().getPort());
			return server;
		}
	}

	/**
	 * Return what makes the application use these services.
	 * @param arguments more arguments, which go last
	 * @return command line arguments
	 */
	String[] arguments(String... arguments) {
		String stripe = "--stripe.api-base=" + this.stripe.uri();
		return this.secretsManager
			.arguments(Stream.concat(Stream.of(stripe), Stream.of(arguments)).toArray(String[]::new));
	}

	/**
	 * Put a new Stripe key into the secret. Stripe accepts it from now on, and the one
	 * before it for {@link #GRACE_PERIOD}.
	 * @return the new version of the secret
	 */
	String rotateKey() {
		return this.secretsManager.rotate(SECRET, secretWithNewKey());
	}

	private Map<String, String> secretWithNewKey() {
		return Map.of("STRIPE_SECRET_KEY", key(this.keysIssued.incrementAndGet()), "OPENAI_API_KEY",
				"canary-openai-api-key-0001", "DATABASE_URL",
				"jdbc:postgresql://db.example.com/shop?password=canary-database-0001");
	}

	/**
	 * Return a Stripe key, which works here and nowhere else.
	 * @param number how many keys were issued when it was, itself included
	 * @return the key
	 */
	static String key(int number) {
		return "sk_test_fake_51SampleOnlyNotARealKey%04d".formatted(number);
	}

	SecretsManagerServer secretsManager() {
		return this.secretsManager;
	}

	StripeStandIn stripe() {
		return this.stripe;
	}

	@Override
	public void close() {
		this.stripe.close();
		this.secretsManager.close();
	}

}
