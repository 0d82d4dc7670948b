package io.github.secretsboot.refresh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.secretsboot.SecretChange;
import io.github.secretsboot.SecretFailure;
import io.github.secretsboot.fetch.FetchSettings;
import io.github.secretsboot.fetch.SecretFetcher;
import io.github.secretsboot.fetch.SecretReader;
import io.github.secretsboot.mapping.MappingRules;
import org.apache.commons.logging.LogFactory;

/**
 * Engines that read from memory, and a listener that remembers what it was told.
 */
public final class TestEngine {

	public static final Duration INTERVAL = Duration.ofMinutes(5);

	private TestEngine() {
	}

	public static SecretsEngine create(SecretReader reader, MutableClock clock, SecretSource... sources) {
		return create(reader, clock, Duration.ofSeconds(10), sources);
	}

	public static SecretsEngine create(SecretReader reader, MutableClock clock, Duration timeout,
			SecretSource... sources) {
		RefreshSchedule schedule = new RefreshSchedule(true, INTERVAL, 0, () -> 1);
		SecretFetcher fetcher = new SecretFetcher(reader, new FetchSettings(true, 4, timeout),
				LogFactory.getLog(TestEngine.class));
		return new SecretsEngine(Arrays.asList(sources), fetcher, schedule, clock,
				LogFactory.getLog(SecretsEngine.class));
	}

	public static SecretsEngine loaded(SecretReader reader, MutableClock clock, SecretSource... sources) {
		SecretsEngine engine = create(reader, clock, sources);
		engine.load();
		return engine;
	}

	public static SecretSource source(String name) {
		return new SecretSource(name, name, 0, false, null, null, false, MappingRules.DEFAULT);
	}

	public static SecretSource optional(String name) {
		return new SecretSource(name, name, 0, true, null, null, false, MappingRules.DEFAULT);
	}

	public static SecretSource pinned(String name, String versionId) {
		return new SecretSource(name, name, 0, false, null, versionId, false, MappingRules.DEFAULT);
	}

	public static SecretSource withPrevious(String name) {
		return new SecretSource(name, name, 0, false, null, null, true, MappingRules.DEFAULT);
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
