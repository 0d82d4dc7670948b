package io.github.secretsboot.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.SecretsLoadException;
import io.github.secretsboot.env.SecretsConfigurationException;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests the page about failures.
 */
@Isolated("captures what everybody prints")
@ExtendWith(OutputCaptureExtension.class)
class FailureReasonTests {

	private static final String PAGE = "docs/reference/failures.md";

	@Test
	void whenReasonExistsThenItIsDocumentedAndTheReverse() {
		Set<String> documented = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|")
			.matcher(Pages.page(PAGE).section("reasons"))
			.results()
			.map((row) -> row.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(documented).isEqualTo(Arrays.stream(FailureReason.values())
			.map(FailureReason::code)
			.collect(Collectors.toCollection(TreeSet::new)));
	}

	@Test
	void whenStartFailsThenReportIsTheDocumentedOne(CapturedOutput output) {
		try (SecretsManagerServer server = SecretsManagerServer.builder().region("eu-central-1").start()) {
			server.create("myapp/production/api-keys", "{\"STRIPE_SECRET_KEY\":\"canary-key\"}");
			server.deny("myapp/production/api-keys");
			List<String> arguments = List.of("--secrets.sources[0]=myapp/production/api-keys",
					"--secrets.sources[1]=myapp/production/database", "--spring.main.web-application-type=none");
			assertThatExceptionOfType(SecretsLoadException.class)
				.isThrownBy(() -> new SpringApplication(OpenApplication.class)
					.run(server.arguments(arguments.toArray(String[]::new))));
			String report = output.getOut().substring(output.getOut().indexOf("APPLICATION FAILED TO START"));
			Recorded.block(PAGE, "recorded report",
					report.substring(report.indexOf("Description:"))
						.replaceAll("(:secret:[\\w/-]+)-[A-Za-z0-9]{6}(?= )", "$1-a1B2c3")
						.stripTrailing());
		}
	}

	@Test
	void whenConfigurationIsWrongThenReportIsTheDocumentedOne(@TempDir Path directory, CapturedOutput output)
			throws Exception {
		Path file = Files.writeString(directory.resolve("application.yml"), """
				secrets:
				  sources:
				    - nam: myapp/production/api-keys
				    - name: myapp/production/database
				      as: mongodb
				  refresh:
				    interval: often
				""");
		assertThatExceptionOfType(SecretsConfigurationException.class)
			.isThrownBy(() -> SpringApplication.run(OpenApplication.class, "--spring.main.web-application-type=none",
					"--spring.config.location=" + file.toUri()));
		String report = output.getOut().substring(output.getOut().indexOf("APPLICATION FAILED TO START"));
		Recorded.block(PAGE, "recorded configuration report",
				report.substring(report.indexOf("Description:"))
					.replaceAll("URL \\[file:.*/application", "class path resource [application")
					.stripTrailing());
	}

	@Test
	void whenPreflightFailsThenTableIsTheDocumentedOne(@TempDir Path directory) throws Exception {
		Files.writeString(directory.resolve("application.yml"), """
				secrets:
				  sources: [myapp/production/api-keys, myapp/production/database]
				payments:
				  key: ${stripe.secret-key}
				  account: ${stripe.acount}
				""");
		try (SecretsManagerServer server = SecretsManagerServer.builder().region("eu-central-1").start()) {
			server.create("myapp/production/api-keys",
					"{\"STRIPE_SECRET_KEY\":\"canary-key\",\"STRIPE_ACCOUNT\":\"canary-account\"}");
			List<String> command = new ArrayList<>(List.of(
					Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
					"-cp", System.getProperty("java.class.path"), OpenApplication.class.getName()));
			command.addAll(List.of(server.arguments("--secrets.preflight", "--spring.main.banner-mode=off",
					"--logging.level.root=off")));
			Path output = directory.resolve("output");
			Process process = new ProcessBuilder(command).directory(directory.toFile())
				.redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).isOne();
			String table = Files.readString(output);
			Recorded.block(PAGE, "recorded preflight",
					table.substring(table.indexOf("SECRET "))
						.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "00000001-0000-0000-0000-000000000000")
						.replaceAll(" +(?=\\n)", "")
						.strip());
		}
	}

}
