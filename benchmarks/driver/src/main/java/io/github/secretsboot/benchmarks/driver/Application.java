package io.github.secretsboot.benchmarks.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An application to compare.
 */
enum Application {

	/** Without secrets. */
	PLAIN("plain", "plain.PlainApplication"),

	/** With our starter. */
	OURS("ours", "ours.OursApplication"),

	/** With Spring Cloud AWS's starter. */
	INCUMBENT("incumbent", "incumbent.IncumbentApplication"),

	/** With Spring Cloud AWS's starter and what it needs to follow changes. */
	INCUMBENT_RELOAD("incumbent-reload", "reload.ReloadApplication");

	private final String module;

	private final String mainClass;

	Application(String module, String mainClass) {
		this.module = module;
		this.mainClass = "io.github.secretsboot.benchmarks." + mainClass;
	}

	String mainClass() {
		return this.mainClass;
	}

	List<Path> classPath(Path benchmarks) {
		return classPath(benchmarks.resolve("apps").resolve(this.module), this.module);
	}

	static List<Path> classPath(Path module, String name) {
		try {
			List<Path> jars = new ArrayList<>();
			jars.add(module.resolve("target/benchmarks-" + name + ".jar"));
			Arrays.stream(Files.readString(module.resolve("target/classpath")).trim().split(":"))
				.map(Path::of)
				.forEach(jars::add);
			return jars;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The arguments that list secrets.
	 */
	List<String> listing(int secrets) {
		if (secrets == 0) {
			return List.of();
		}
		String names = IntStream.range(0, secrets).mapToObj(ServerMain::secretName).collect(Collectors.joining(";"));
		return switch (this) {
			case PLAIN -> List.of();
			case OURS -> List.of("--secrets.sources=" + names.replace(';', ','),
					"--secrets.refresh.requests-per-hour=1000000");
			case INCUMBENT -> List.of("--spring.config.import=aws-secretsmanager:" + names);
			case INCUMBENT_RELOAD -> List.of("--spring.config.import=aws-secretsmanager:" + names,
					"--spring.cloud.aws.secretsmanager.reload.strategy=refresh",
					"--spring.cloud.aws.secretsmanager.reload.period=1h");
		};
	}

}
