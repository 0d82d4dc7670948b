package io.github.secretsboot.env;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.fetch.TestSecretReader;
import io.github.secretsboot.properties.PropertyIndex;
import io.github.secretsboot.refresh.MutableClock;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.refresh.TestEngine;
import io.github.secretsboot.refresh.TestSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SecretsPropertySource}.
 */
class SecretsPropertySourceTests {

	private final TestSecretReader reader = new TestSecretReader().put("api-keys",
			"{\"STRIPE_KEY\":\"canary-1\",\"MY_APP_TOKEN\":\"canary-2\"}");

	private final SecretsEngine engine = TestEngine.create(this.reader, new MutableClock(),
			TestSource.named("api-keys").build(), TestSource.named("keystore").at(1).optional(true).build());

	private final SecretsPropertySource source = new SecretsPropertySource(this.engine);

	private final StandardEnvironment environment = new StandardEnvironment();

	SecretsPropertySourceTests() {
		this.engine.load();
		this.environment.getPropertySources().addFirst(this.source);
		ConfigurationPropertySources.attach(this.environment);
		this.source.watch(this.environment);
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void whenCreatedThenNameIsSecrets() {
		assertThat(this.source.getName()).isEqualTo("secrets");
	}

	@Test
	void whenAskedThenPropertiesAreFoundAndOthersAreNot() {
		assertThat(this.source.getProperty("STRIPE_KEY")).isEqualTo("canary-1");
		assertThat(this.source.getProperty("stripe.key")).isEqualTo("canary-1");
		assertThat(this.source.containsProperty("stripe.key")).isTrue();
		assertThat(this.source.getProperty("stripe.other")).isNull();
		assertThat(this.source.containsProperty("stripe.other")).isFalse();
	}

	@Test
	void whenNothingChangedThenNamesAreTheSameArray() {
		String[] names = this.source.getPropertyNames();
		assertThat(names).containsExactly("STRIPE_KEY", "MY_APP_TOKEN", "stripe.key", "my.app.token");
		this.engine.refresh();
		this.environment.getProperty("stripe.key");
		this.environment.getProperty("your-app");
		assertThat(this.source.getPropertyNames()).isSameAs(names);
	}

	@Test
	void whenPassFailsThenNamesAreTheSameArrayAndValuesStay() {
		String[] names = this.source.getPropertyNames();
		this.reader.fail("api-keys", FailureReason.ACCESS_DENIED);
		assertThat(this.engine.refresh().failures()).hasSize(1);
		assertThat(this.source.getPropertyNames()).isSameAs(names);
		assertThat(this.source.getProperty("stripe.key")).isEqualTo("canary-1");
	}

	@Test
	void whenOnlyValuesRotateThenNamesAreTheSameArray() {
		String[] names = this.source.getPropertyNames();
		rotate("{\"STRIPE_KEY\":\"canary-3\",\"MY_APP_TOKEN\":\"canary-4\"}");
		assertThat(this.source.getPropertyNames()).isSameAs(names);
	}

	@Test
	void whenAskedForOriginThenItNamesSecretAndVersionOfNow() {
		assertThat(this.source.getOrigin("stripe.key"))
			.hasToString("secret 'api-keys' in AWS Secrets Manager, version version-1");
		rotate("{\"STRIPE_KEY\":\"canary-3\"}");
		assertThat(this.source.getOrigin("stripe.key"))
			.hasToString("secret 'api-keys' in AWS Secrets Manager, version version-2");
		assertThat(this.source.getOrigin("my.app.token")).isNull();
	}

	@Test
	void whenSecretRotatesThenUsedEnvironmentAndBinderSeeNewValues() {
		Binder binder = Binder.get(this.environment);
		assertThat(this.environment.getProperty("stripe.key")).isEqualTo("canary-1");
		assertThat(binder.bind("stripe.key", String.class).get()).isEqualTo("canary-1");
		assertThat(map(binder, "stripe")).isEqualTo(Map.of("key", "canary-1"));
		rotate("{\"STRIPE_KEY\":\"canary-3\",\"MY_APP_TOKEN\":\"canary-4\"}");
		assertThat(map(binder, "stripe")).isEqualTo(Map.of("key", "canary-3"));
		assertThat(binder.bind("stripe.key", String.class).get()).isEqualTo("canary-3");
		assertThat(this.environment.getProperty("stripe.key")).isEqualTo("canary-3");
		assertThat(this.environment.getProperty("STRIPE_KEY")).isEqualTo("canary-3");
	}

	@Test
	void whenPassAddsAndRemovesKeysThenUsedEnvironmentAndBinderSeeTheNewOnesOnly() {
		Binder binder = Binder.get(this.environment);
		assertThat(map(binder, "stripe")).containsOnlyKeys("key");
		rotate("{\"STRIPE_URL\":\"canary-3\"}");
		assertThat(map(binder, "stripe")).isEqualTo(Map.of("url", "canary-3"));
		assertThat(this.environment.getProperty("stripe.key")).isNull();
		assertThat(this.environment.containsProperty("STRIPE_KEY")).isFalse();
		assertThat(this.source.getPropertyNames()).containsExactly("STRIPE_URL", "stripe.url");
		assertThat(binder.bind("my-app.token", String.class).isBound()).isFalse();
	}

	@Test
	void whenOptionalBinarySecretAppearsThenItsBytesAreTheProperty() {
		assertThat(this.environment.containsProperty("keystore")).isFalse();
		this.reader.put("keystore", new byte[] { 0, -1 });
		this.engine.refresh();
		assertThat(this.source.getProperty("keystore")).isEqualTo(new byte[] { 0, -1 });
	}

	@Test
	void whenDashedParentIsAskedForThenNamesBelowItAreListed() {
		String[] names = this.source.getPropertyNames();
		assertThat(this.source.getProperty("my-app")).isNull();
		assertThat(this.source.getPropertyNames()).hasSize(names.length + 1).contains(names).contains("my-app.token");
		String[] learned = this.source.getPropertyNames();
		assertThat(this.source.getProperty("my-app")).isNull();
		assertThat(this.source.getPropertyNames()).isSameAs(learned);
		rotate("{\"MY_APP_URL\":\"canary-3\"}");
		assertThat(this.source.getPropertyNames()).containsExactly("MY_APP_URL", "my.app.url", "my-app.url");
	}

	@Test
	void whenDashedParentIsLearnedInEnvironmentThatIsNotAttachedThenNothingBreaks() {
		StandardEnvironment other = new StandardEnvironment();
		this.source.watch(other);
		other.getPropertySources().addFirst(this.source);
		assertThat(other.getProperty("my-app")).isNull();
		assertThat(this.source.getPropertyNames()).contains("my-app.token");
	}

	@Test
	void whenObservedThenNamesThatThisThreadAsksForAreTold() {
		List<String> asked = new ArrayList<>();
		try (SecretsPropertySource.Observation observation = this.source.observe(asked::add)) {
			this.source.getProperty("stripe.key");
			this.source.containsProperty("nothing");
		}
		this.source.getProperty("MY_APP_TOKEN");
		assertThat(asked).containsExactly("stripe.key", "nothing");
	}

	@Test
	void whenPrintedThenNoValueIsShown() {
		assertThat(this.source.toString()).doesNotContain("canary");
	}

	@Test
	void whenSecretRotatesOftenThenEachReadAndEachStateIsWhole() throws Exception {
		rotate(pair(0));
		AtomicBoolean done = new AtomicBoolean();
		ExecutorService readers = Executors.newFixedThreadPool(2);
		try {
			List<Future<Integer>> futures = List.of(readers.submit(statesUntil(done)),
					readers.submit(propertiesUntil(done)));
			for (int i = 1; i <= 1000; i++) {
				rotate(pair(i));
			}
			done.set(true);
			for (Future<Integer> future : futures) {
				assertThat(future.get(30, TimeUnit.SECONDS)).isPositive();
			}
		}
		finally {
			done.set(true);
			readers.shutdownNow();
		}
		assertThat(this.environment.getProperty("db.user")).isEqualTo("canary-1000");
		assertThat(this.environment.getProperty("db.password")).isEqualTo("canary-1000");
	}

	/** Values that belong together are read from one state. */
	private Callable<Integer> statesUntil(AtomicBoolean done) {
		return () -> {
			int reads = 0;
			while (!done.get() || reads == 0) {
				PropertyIndex properties = this.engine.state().properties();
				assertThat(properties.find("db.user").value()).isEqualTo(properties.find("db.password").value());
				assertThat(properties.properties()).hasSize(2);
				reads++;
			}
			return reads;
		};
	}

	/** Single reads always find a value, and one that is never older than the last. */
	private Callable<Integer> propertiesUntil(AtomicBoolean done) {
		return () -> {
			int reads = 0;
			int last = 0;
			while (!done.get() || reads == 0) {
				int user = generation(this.environment.getProperty("db.user"));
				int password = generation(this.environment.getProperty("db.password"));
				assertThat(user).isGreaterThanOrEqualTo(last);
				assertThat(password).isGreaterThanOrEqualTo(user);
				last = password;
				reads++;
			}
			return reads;
		};
	}

	private static int generation(String value) {
		return Integer.parseInt(value.substring("canary-".length()));
	}

	private static String pair(int number) {
		return "{\"DB_USER\":\"canary-" + number + "\",\"DB_PASSWORD\":\"canary-" + number + "\"}";
	}

	private static Map<String, String> map(Binder binder, String name) {
		return binder.bind(name, Bindable.mapOf(String.class, String.class)).get();
	}

	private void rotate(String text) {
		this.reader.put("api-keys", text);
		this.engine.refresh();
	}

}
