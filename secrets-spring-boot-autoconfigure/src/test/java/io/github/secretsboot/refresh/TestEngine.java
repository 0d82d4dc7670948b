package io.github.secretsboot.refresh;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.secretsboot.SecretChange;
import io.github.secretsboot.SecretFailure;
import io.github.secretsboot.fetch.FetchSettings;
import io.github.secretsboot.fetch.SecretFetcher;
import io.github.secretsboot.fetch.SecretReader;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Engines that check their sources every five minutes, if somebody asks for it, and a
 * listener that remembers what it was told.
 */
public final class TestEngine {

	public static final Duration INTERVAL = Duration.ofMinutes(5);

	private TestEngine() {
	}

	public static SecretsEngine create(SecretReader reader, Clock clock, SecretSource... sources) {
		return create(reader, clock, Duration.ofSeconds(10), sources);
	}

	public static SecretsEngine create(SecretReader reader, Clock clock, Duration timeout, SecretSource... sources) {
		return create(reader, new FetchSettings(true, 4, timeout), true, clock, LogFactory.getLog(SecretsEngine.class),
				sources);
	}

	/**
	 * Create an engine.
	 * @param reader reads the secrets
	 * @param settings how to fetch
	 * @param refresh whether there is a schedule
	 * @param clock tells the time
	 * @param log is told what happens
	 * @param sources what to load
	 * @return the engine, which has loaded nothing yet
	 */
	public static SecretsEngine create(SecretReader reader, FetchSettings settings, boolean refresh, Clock clock,
			Log log, SecretSource... sources) {
		return new SecretsEngine(Arrays.asList(sources), new SecretFetcher(reader, settings, log),
				new RefreshSchedule(refresh, INTERVAL, 0, () -> 1), clock, log);
	}

	public static SecretsEngine loaded(SecretReader reader, Clock clock, SecretSource... sources) {
		SecretsEngine engine = create(reader, clock, sources);
		engine.load();
		return engine;
	}

	public static SecretSource source(String name) {
		return TestSource.named(name).build();
	}

	public static SecretSource optional(String name) {
		return TestSource.named(name).optional(true).build();
	}

	public static SecretSource pinned(String name, String versionId) {
		return TestSource.named(name).pinnedTo(versionId).build();
	}

	public static SecretSource withPrevious(String name) {
		return TestSource.named(name).withPrevious().build();
	}

	/**
	 * Remembers what it was told.
	 */
	public static class Recorder implements RefreshListener {

		public final List<List<SecretChange>> changes = new ArrayList<>();

		public final List<List<SecretFailure>> failures = new ArrayList<>();

		public static Recorder of(SecretsEngine engine) {
			Recorder recorder = new Recorder();
			engine.addListener(recorder);
			return recorder;
		}

		@Override
		public synchronized void onChanged(List<SecretChange> changes) {
			this.changes.add(changes);
		}

		@Override
		public synchronized void onFailed(List<SecretFailure> failures) {
			this.failures.add(failures);
		}

	}

}
