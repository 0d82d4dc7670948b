package io.github.secretsboot.sample;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.secretsboot.test.Fault;
import io.github.secretsboot.test.SecretsManagerServer;
import io.github.secretsboot.test.StoredVersion;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * What the sample talks to, inside the JVM: a Secrets Manager that holds its secret, and
 * a Stripe that accepts the key in that secret, whoever put it there.
 */
final class LocalServices implements SampleServices {

	private static final Map<Disturbance, Fault> FAULTS = new EnumMap<>(
			Map.of(Disturbance.THROTTLING, Fault.throttled(), Disturbance.REGION_DOWN, Fault.dropConnection()));

	private final AtomicInteger keysIssued = new AtomicInteger();

	private final Set<Disturbance> faults = EnumSet.noneOf(Disturbance.class);

	private final SecretsManagerServer secretsManager;

	private final StripeStandIn stripe;

	private String intactVersion = "";

	private String brokenVersion = "";

	private LocalServices(SecretsManagerServer secretsManager, Clock clock) {
		this.secretsManager = secretsManager;
		secretsManager.create(SECRET, secretWithNewKey());
		this.stripe = StripeStandIn.start(new SecretKeys((stage) -> secretsManager.find(SECRET, stage)), GRACE_PERIOD,
				clock);
	}

	/**
	 * Start both on any free ports.
	 * @param clock tells both the time
	 * @return the services, which are ready
	 */
	static LocalServices start(Clock clock) {
		return start(0, clock, LogFactory.getLog(LocalServices.class));
	}

	/**
	 * Start both, with the Secrets Manager on a given port.
	 * @param secretsManagerPort the port; if it is taken, any free one is used instead
	 * @param clock tells both the time
	 * @param log is told if the port is taken
	 * @return the services, which are ready
	 */
	static LocalServices start(int secretsManagerPort, Clock clock, Log log) {
		return new LocalServices(startSecretsManager(secretsManagerPort, clock, log), clock);
	}

	private static SecretsManagerServer startSecretsManager(int port, Clock clock, Log log) {
		try {
			return SecretsManagerServer.builder().port(port).clock(clock).start();
		}
		catch (UncheckedIOException ex) {
			SecretsManagerServer server = SecretsManagerServer.builder().clock(clock).start();
			log.warn("Port %d is taken, so the local Secrets Manager listens on port %d instead".formatted(port,
					server.endpoint().getPort()));
			return server;
		}
	}

	@Override
	public Map<String, String> properties() {
		Map<String, String> properties = new LinkedHashMap<>(this.secretsManager.springProperties());
		properties.put("stripe.api-base", this.stripe.uri().toString());
		return properties;
	}

	@Override
	public synchronized String rotateKey() {
		disturb(Disturbance.BROKEN_JSON, false);
		return this.secretsManager.rotate(SECRET, secretWithNewKey());
	}

	@Override
	public Set<Disturbance> possible() {
		return EnumSet.allOf(Disturbance.class);
	}

	@Override
	public synchronized Set<Disturbance> present() {
		Set<Disturbance> present = EnumSet.noneOf(Disturbance.class);
		present.addAll(this.faults);
		if (this.secretsManager.currentVersionId(SECRET).equals(this.brokenVersion)) {
			present.add(Disturbance.BROKEN_JSON);
		}
		return Collections.unmodifiableSet(present);
	}

	@Override
	public synchronized void disturb(Disturbance disturbance, boolean on) {
		if (on == present().contains(disturbance)) {
			return;
		}
		if (disturbance == Disturbance.BROKEN_JSON) {
			breakJson(on);
		}
		else {
			fail(disturbance, on);
		}
	}

	/**
	 * Somebody saves the secret without its last brace, and later goes back to the
	 * version before.
	 */
	private void breakJson(boolean on) {
		if (on) {
			StoredVersion intact = this.secretsManager.find(SECRET, "AWSCURRENT").orElseThrow();
			this.intactVersion = intact.versionId();
			this.brokenVersion = this.secretsManager.rotate(SECRET,
					intact.text().substring(0, intact.text().length() - 1));
		}
		else {
			this.secretsManager.moveStage(SECRET, "AWSCURRENT", this.intactVersion);
		}
	}

	private void fail(Disturbance disturbance, boolean on) {
		if (on) {
			this.faults.add(disturbance);
		}
		else {
			this.faults.remove(disturbance);
		}
		this.secretsManager.heal();
		this.faults.forEach((fault) -> this.secretsManager.fail(FAULTS.get(fault)));
	}

	private Map<String, String> secretWithNewKey() {
		return secret(this.keysIssued.incrementAndGet());
	}

	/**
	 * Return what the sample's secret holds.
	 * @param number the number of its Stripe key
	 * @return the members of the JSON object
	 */
	static Map<String, String> secret(int number) {
		return Map.of("STRIPE_SECRET_KEY", key(number), "OPENAI_API_KEY", "canary-openai-api-key-0001", "DATABASE_URL",
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
