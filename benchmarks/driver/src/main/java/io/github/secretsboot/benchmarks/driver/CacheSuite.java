package io.github.secretsboot.benchmarks.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.secretsboot.benchmarks.driver.Launcher.Start;
import org.jspecify.annotations.Nullable;

/**
 * Start with a cache of loaded classes: the AOT cache of JDK 25 (JEP 483 and 514), before
 * it a CDS archive. Trained against a stand-in of Secrets Manager or, where an
 * application can start without one, without any.
 */
class CacheSuite {

	private static final int AOT_CACHE_SINCE = 25;

	private static final int LATENCY = 40;

	private final Launcher launcher;

	private final Server server;

	private final Jdk jdk;

	private final boolean aot;

	private final String group;

	private final Map<String, List<Start>> starts = new LinkedHashMap<>();

	CacheSuite(Launcher launcher, Server server, Jdk jdk) {
		this.launcher = launcher;
		this.server = server;
		this.jdk = jdk;
		this.aot = jdk.feature() >= AOT_CACHE_SINCE;
		this.group = (this.aot ? "AOT cache" : "CDS archive") + ", 1 secret at 40 ms, until ready";
	}

	List<Row> run(int rounds) {
		try {
			Path directory = Files.createTempDirectory("benchmark-cache");
			String plain = train(Application.PLAIN, directory.resolve("plain"));
			String ours = train(Application.OURS, directory.resolve("ours"));
			String disabled = train(Application.OURS, directory.resolve("disabled"), "-Dsecrets.enabled=false");
			String theirs = train(Application.INCUMBENT, directory.resolve("incumbent"));
			for (int i = 0; i < rounds; i++) {
				start("plain", Application.PLAIN, null);
				start("plain+", Application.PLAIN, plain);
				start("ours", Application.OURS, null);
				start("theirs", Application.INCUMBENT, null);
				start("ours+", Application.OURS, ours);
				start("theirs+", Application.INCUMBENT, theirs);
				start("disabled+", Application.OURS, disabled);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return rows();
	}

	private String train(Application application, Path cache, String... options) {
		this.server.scene(0, true);
		List<String> all = new ArrayList<>(List.of(options));
		all.add((this.aot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + cache);
		this.launcher.start(this.jdk, application, secrets(application), all.toArray(String[]::new));
		return (this.aot ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + cache;
	}

	private void start(String name, Application application, @Nullable String option) {
		this.server.scene(LATENCY, true);
		String[] options = (option != null) ? new String[] { option } : new String[0];
		this.starts.computeIfAbsent(name, (key) -> new ArrayList<>())
			.add(this.launcher.start(this.jdk, application, secrets(application), options));
	}

	private int secrets(Application application) {
		return (application != Application.PLAIN) ? 1 : 0;
	}

	private List<Row> rows() {
		return List.of(new Row(this.group, "plain application, no cache", ready("plain"), null, "ms", null),
				new Row(this.group, "plain application, cache", ready("plain+"), null, "ms", null),
				Row.of(this.group, "no cache", ready("ours"), ready("theirs"), "ms", null),
				Row.of(this.group, "cache, trained against a stand-in", ready("ours+"), ready("theirs+"), "ms", null),
				new Row(this.group, "cache, trained with `secrets.enabled=false`", ready("disabled+"), null, "ms",
						null),
				Row.of(this.group, "cache, trained against a stand-in, added to plain with cache",
						ready("ours+") - ready("plain+"), ready("theirs+") - ready("plain+"), "ms", null));
	}

	private double ready(String name) {
		return Samples.median(this.starts.getOrDefault(name, List.of()), Start::readyMillis);
	}

}
