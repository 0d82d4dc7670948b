package io.github.secretsboot.env;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import io.github.secretsboot.fetch.FetchSettings;
import io.github.secretsboot.fetch.TestSecretReader;
import io.github.secretsboot.refresh.SecretSource;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.refresh.TestEngine;
import io.github.secretsboot.refresh.TestSource;
import org.apache.commons.logging.impl.NoOpLog;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Secrets in memory, the engine that reads them, and a clock that stands still until it
 * is told to move. Checked every five minutes if somebody asks for it, which nobody does.
 */
public final class InMemorySecrets {

	/** The time between two checks. */
	public static final Duration INTERVAL = TestEngine.INTERVAL;

	private final TestSecretReader reader = new TestSecretReader();

	private final StandingClock clock = new StandingClock();

	private final List<SecretSource> sources = new ArrayList<>();

	private @Nullable SecretsEngine engine;

	/**
	 * Add a secret that must exist.
	 * @param name its name
	 * @return this
	 */
	public InMemorySecrets with(String name) {
		this.reader.put(name, "{\"KEY\":\"canary-1\"}");
		return add(name, false, null);
	}

	/**
	 * Add a secret that is optional and missing.
	 * @param name its name
	 * @return this
	 */
	public InMemorySecrets withMissing(String name) {
		return add(name, true, null);
	}

	/**
	 * Add a secret whose first version is pinned.
	 * @param name its name
	 * @param versionId the version
	 * @return this
	 */
	public InMemorySecrets withPinned(String name, String versionId) {
		this.reader.put(name, "{\"KEY\":\"canary-1\"}");
		return add(name, false, versionId);
	}

	private InMemorySecrets add(String name, boolean optional, @Nullable String versionId) {
		this.sources.add(TestSource.named(name).at(this.sources.size()).optional(optional).pinnedTo(versionId).build());
		return this;
	}

	/**
	 * Load the secrets.
	 * @return this
	 */
	public InMemorySecrets load() {
		return load(true);
	}

	/**
	 * Load the secrets.
	 * @param refresh whether they are checked on a schedule
	 * @return this
	 */
	public InMemorySecrets load(boolean refresh) {
		this.engine = TestEngine.create(this.reader, new FetchSettings(true, 4, Duration.ofSeconds(10)), refresh,
				this.clock, new NoOpLog(), this.sources.toArray(SecretSource[]::new));
		this.engine.load();
		return this;
	}

	/**
	 * Put another version of a secret in place.
	 * @param name its name
	 * @param canary marks its value
	 */
	public void rotate(String name, String canary) {
		this.reader.put(name, "{\"KEY\":\"" + canary + "\"}");
	}

	/**
	 * Where the secrets are.
	 * @return the reader
	 */
	public TestSecretReader reader() {
		return this.reader;
	}

	/**
	 * What loaded them.
	 * @return the engine
	 */
	public SecretsEngine engine() {
		return this.engine;
	}

	/**
	 * Let time pass.
	 * @param duration how much of it
	 */
	public void advance(Duration duration) {
		this.clock.advance(duration);
	}

	/**
	 * What time it is.
	 * @return the time
	 */
	public Instant now() {
		return this.clock.instant();
	}

	/**
	 * Registers the beans that would have been there if an environment post-processor had
	 * loaded the secrets.
	 * @return the initializer
	 */
	public ApplicationContextInitializer<ConfigurableApplicationContext> initializer() {
		return (context) -> {
			SecretsPropertySource propertySource = new SecretsPropertySource(this.engine);
			context.getEnvironment().getPropertySources().addFirst(propertySource);
			propertySource.watch(context.getEnvironment());
			context.getBeanFactory().registerSingleton("secretsEngine", this.engine);
			context.getBeanFactory().registerSingleton("secretsPropertySource", propertySource);
		};
	}

	/**
	 * A clock that stands still until it is told to move. Begins tomorrow, so that the
	 * scheduler of a running application, which looks at the real time, is never due.
	 */
	public static final class StandingClock extends Clock {

		private volatile Instant now = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);

		/**
		 * Let time pass.
		 * @param duration how much of it
		 */
		public void advance(Duration duration) {
			this.now = this.now.plus(duration);
		}

		@Override
		public Instant instant() {
			return this.now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
