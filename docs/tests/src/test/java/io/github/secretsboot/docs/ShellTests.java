package io.github.secretsboot.docs;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Runs the shell blocks of each page, from top to bottom, as one script. Commands of
 * AWS's command line interface really run: those that the Secrets Manager inside this JVM
 * understands are sent to it, the others to a service that accepts whatever the interface
 * considers a complete request. Other commands, such as {@code mvn} and {@code curl}, do
 * nothing here; they are run by the tests of the modules that they start.
 */
@Execution(ExecutionMode.CONCURRENT)
class ShellTests {

	private static final String[] REAL = { "bash", "sh", "cat", "date", "mkdir", "seq", "sed", "env", "rm" };

	private static final String[] IDLE = { "mvn", "curl", "java", "docker", "kubectl", "eksctl", "git",
			"benchmarks/run" };

	private static HttpServer otherServices;

	private static Path aws;

	@BeforeAll
	static void start() throws IOException {
		assumeThat(find("bash")).as("bash").isNotNull();
		aws = find("aws");
		otherServices = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
		otherServices.setExecutor(Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "other-services");
			thread.setDaemon(true);
			return thread;
		}));
		otherServices.createContext("/", ShellTests::accept);
		otherServices.start();
	}

	@AfterAll
	static void stop() {
		if (otherServices != null) {
			otherServices.stop(0);
		}
	}

	/** An empty answer in the protocol of the request. */
	private static void accept(HttpExchange exchange) throws IOException {
		String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		Matcher query = Pattern.compile("(?:^|&)Action=(\\w+)").matcher(request);
		String answer = query.find()
				? "<%1$sResponse><%1$sResult/><ResponseMetadata/></%1$sResponse>".formatted(query.group(1)) : "{}";
		byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(200, bytes.length);
		try (OutputStream body = exchange.getResponseBody()) {
			body.write(bytes);
		}
	}

	static Stream<Page> pagesWithCommands() {
		return Pages.all()
			.stream()
			.filter((page) -> page.blocks().stream().anyMatch((block) -> block.language().equals("sh")));
	}

	@ParameterizedTest
	@MethodSource("pagesWithCommands")
	void whenBlocksAreRunInTheirOrderThenNoneFails(Page page, @TempDir Path directory) throws Exception {
		String script = script(page);
		try (SecretsManagerServer server = SecretsManagerServer.start()) {
			server.create("shared/api-keys", "canary-shared");
			for (String name : List.of("myapp/production/api-keys", "webhooks/production/signing")) {
				if (!script.contains("create-secret --name " + name)) {
					server.create(name, Map.of("STRIPE_SECRET_KEY", "canary-key"));
				}
			}
			assertThat(run(script, server, directory)).isEmpty();
		}
		policiesAreKnown(directory);
		assumeThat(aws != null || !script.contains("aws "))
			.as("AWS command line interface, without which no command of" + " AWS was checked")
			.isTrue();
	}

	private static String script(Page page) {
		return page.blocks()
			.stream()
			.filter((block) -> block.language().equals("sh"))
			.map((block) -> "echo '" + block.where() + "' > block\n" + block.text())
			.collect(Collectors.joining("\n", "set -eu\n", ""));
	}

	/**
	 * Run a script.
	 * @return what went wrong, or nothing
	 */
	private static String run(String script, SecretsManagerServer server, Path directory) throws Exception {
		Path commands = Files.createDirectories(directory.resolve("bin"));
		for (String name : REAL) {
			Path real = find(name);
			if (real != null) {
				Files.createSymbolicLink(commands.resolve(name), real);
			}
		}
		for (String name : IDLE) {
			command(commands.resolve(name.replaceAll(".*/", "")), "exit 0");
		}
		Files.createDirectories(directory.resolve("benchmarks"));
		command(directory.resolve("benchmarks/run"), "exit 0");
		command(commands.resolve("aws"), (aws != null) ? awsCommand(server) : "echo answer");
		Path output = directory.resolve("output");
		ProcessBuilder bash = new ProcessBuilder(find("bash").toString(), "-c", script).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		bash.environment()
			.putAll(Map.of("PATH", commands.toString(), "HOME", directory.toString(), "AWS_ACCESS_KEY_ID", "fake",
					"AWS_SECRET_ACCESS_KEY", "fake", "AWS_DEFAULT_REGION", server.region(), "AWS_PAGER", ""));
		Process process = bash.start();
		boolean ended = process.waitFor(5, TimeUnit.MINUTES);
		if (ended && process.exitValue() == 0) {
			return "";
		}
		process.destroyForcibly();
		return Files.readString(directory.resolve("block")) + Files.readString(output);
	}

	private static String awsCommand(SecretsManagerServer server) {
		return """
				PATH=%s
				endpoint=%s
				for argument in "$@"; do
				  case $argument in
				    create-secret|put-secret-value|get-secret-value|describe-secret|list-secrets|list-secret-version-ids|delete-secret|restore-secret)
				      endpoint=%s;;
				  esac
				done
				case "$*" in secretsmanager*|*" secretsmanager "*) ;; *) endpoint=%2$s;; esac
				exec %s "$@" --endpoint-url "$endpoint"
				"""

			.formatted(System.getenv("PATH"), "http://localhost:" + otherServices.getAddress().getPort(),
					server.endpoint(), aws);
	}

	private static void command(Path file, String body) throws IOException {
		Files.writeString(file, "#!" + find("bash") + "\n" + body + "\n");
		assertThat(file.toFile().setExecutable(true)).isTrue();
	}

	private static Path find(String name) {
		for (String directory : System.getenv("PATH").split(":")) {
			Path file = Path.of(directory, name);
			if (Files.isExecutable(file)) {
				return file;
			}
		}
		return null;
	}

	private static void policiesAreKnown(Path directory) throws IOException {
		List<String> unknown = new ArrayList<>();
		try (Stream<Path> files = Files.list(directory)) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".json")).toList()) {
				for (JsonNode statement : SnippetTests.statements(JsonMapper.shared().readTree(file.toFile()))) {
					JsonNode action = statement.path("Action");
					(action.isArray() ? action.valueStream() : Stream.of(action)).map(JsonNode::asString)
						.filter((name) -> !SnippetTests.isAction(name))
						.forEach(unknown::add);
				}
			}
		}
		assertThat(unknown).as("actions that AWS does not know").isEmpty();
	}

}
