package io.github.secretsboot.sample;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the preflight of the packaged sample as a pipeline would.
 */
class PreflightIT {

	private final LocalServices services = LocalServices.start(Clock.systemUTC());

	@TempDir
	private Path directory;

	@AfterEach
	void stop() {
		this.services.close();
	}

	@Test
	void whenSecretIsThereThenPassesWithoutStarting() throws Exception {
		assertThat(run()).isZero();
		assertThat(output()).contains("STRIPE_SECRET_KEY")
			.contains("Preflight passed in us-east-1: 1 secret, 0 failed")
			.doesNotContain("Started SampleApplication");
	}

	@Test
	void whenSecretIsDeniedThenFails() throws Exception {
		this.services.secretsManager().deny(LocalServices.SECRET);
		assertThat(run()).isOne();
		assertThat(output()).contains("access-denied").contains("1 failed");
	}

	private int run() throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Dspring.aot.enabled=true",
						"-jar", System.getProperty("sample.jar")));
		command.addAll(List.of(this.services.arguments("--secrets.preflight")));
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("output").toFile())
			.start();
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		return process.exitValue();
	}

	private String output() throws Exception {
		String output = Files.readString(this.directory.resolve("output"));
		assertThat(output.contains("sk_test_fake_") || output.contains("canary-")).isFalse();
		return output;
	}

}
