package io.github.secretsboot.docs;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.secretsboot.test.RecordedRequest;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what the pages about ECS, EKS and EC2 say about credentials: an application with
 * nothing but the environment variables that the platform sets, and a server in the place
 * of the platform, reads its secret with the credentials that the platform gave.
 */
@Execution(ExecutionMode.CONCURRENT)
class CredentialsTests {

	private static final String SECRET = "myapp/production/api-keys";

	private static final String ACCESS_KEY = "fake-platform-key";

	private final SecretsManagerServer server = SecretsManagerServer.builder().region("eu-central-1").start();

	private HttpServer platform;

	@TempDir
	private Path directory;

	@BeforeEach
	void start() throws IOException {
		this.server.create(SECRET, "{\"KEY\":\"canary-key\"}");
		this.platform = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		this.platform.start();
	}

	@AfterEach
	void stop() {
		this.platform.stop(0);
		this.server.close();
	}

	@Test
	void whenEcsGivesCredentialsThenTheyAreUsed() throws Exception {
		answer("/v2/credentials", credentials());
		assertThat(accessKeys(Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", platform() + "/v2/credentials", "AWS_REGION",
				"eu-central-1")))
			.containsOnly(ACCESS_KEY);
	}

	@Test
	void whenPodIdentityGivesCredentialsThenTheyAreUsed() throws Exception {
		List<String> tokens = new ArrayList<>();
		this.platform.createContext("/v1/credentials", (exchange) -> {
			tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
			send(exchange, credentials());
		});
		Path token = Files.writeString(this.directory.resolve("token"), "token-of-the-pod");
		assertThat(accessKeys(Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", platform() + "/v1/credentials",
				"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token.toString(), "AWS_REGION", "eu-central-1")))
			.containsOnly(ACCESS_KEY);
		assertThat(tokens).containsOnly("token-of-the-pod");
	}

	@Test
	void whenServiceAccountHasRoleThenStsIsAskedForItsCredentials() throws Exception {
		List<String> requests = new ArrayList<>();
		this.platform.createContext("/", (exchange) -> {
			requests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
			send(exchange, """
					<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
					<AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>%s</AccessKeyId>
					<SecretAccessKey>fake</SecretAccessKey><SessionToken>fake</SessionToken>
					<Expiration>%s</Expiration></Credentials></AssumeRoleWithWebIdentityResult>
					</AssumeRoleWithWebIdentityResponse>""".formatted(ACCESS_KEY, Instant.now().plusSeconds(3600)));
		});
		Path token = Files.writeString(this.directory.resolve("token"), "token-of-the-service-account");
		assertThat(
				accessKeys(Map.of("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/myapp", "AWS_WEB_IDENTITY_TOKEN_FILE",
						token.toString(), "AWS_ENDPOINT_URL_STS", platform(), "AWS_REGION", "eu-central-1")))
			.containsOnly(ACCESS_KEY);
		assertThat(requests).first()
			.asString()
			.contains("Action=AssumeRoleWithWebIdentity", "WebIdentityToken=token-of-the-service-account");
	}

	@Test
	void whenInstanceHasProfileThenItsRoleAndRegionAreUsed() throws Exception {
		answer("/latest/api/token", "token-of-the-instance");
		answer("/latest/meta-data/iam/security-credentials/", "myapp");
		answer("/latest/meta-data/iam/security-credentials/myapp", credentials());
		answer("/latest/dynamic/instance-identity/document", "{\"region\":\"eu-central-1\"}");
		assertThat(accessKeys(Map.of("AWS_EC2_METADATA_SERVICE_ENDPOINT", platform()))).containsOnly(ACCESS_KEY);
		assertThat(this.server.requests()).extracting(RecordedRequest::region).containsOnly("eu-central-1");
	}

	private String platform() {
		return "http://127.0.0.1:" + this.platform.getAddress().getPort();
	}

	private static String credentials() {
		return """
				{"Code": "Success", "AccessKeyId": "%s", "SecretAccessKey": "fake", "Token": "fake", "Expiration": "%s"}"""
			.formatted(ACCESS_KEY, Instant.now().plusSeconds(3600));
	}

	private void answer(String path, String text) {
		this.platform.createContext(path, (exchange) -> {
			if (exchange.getRequestURI().getPath().equals(path)) {
				send(exchange, text);
			}
			else {
				exchange.sendResponseHeaders(404, -1);
				exchange.close();
			}
		});
	}

	private static void send(HttpExchange exchange, String text) throws IOException {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(200, bytes.length);
		try (OutputStream body = exchange.getResponseBody()) {
			body.write(bytes);
		}
	}

	/**
	 * Run an application in a process of its own.
	 * @return the access keys that it has read its secret with
	 */
	private List<String> accessKeys(Map<String, String> variables) throws Exception {
		Path output = this.directory.resolve("output");
		ProcessBuilder command = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Application.class.getName(),
				"--spring.cloud.aws.endpoint=" + this.server.endpoint(), "--secrets.sources=" + SECRET)
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		command.environment().keySet().removeIf((name) -> name.startsWith("AWS_"));
		command.environment().put("HOME", this.directory.toString());
		command.environment().putAll(variables);
		Process process = command.start();
		assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
		assertThat(process.exitValue()).as(Files.readString(output)).isZero();
		return this.server.requests().stream().map(RecordedRequest::accessKeyId).toList();
	}

	/** Secrets are loaded before a context exists, so it may be an empty one. */
	static class Application {

		public static void main(String[] arguments) {
			SpringApplication application = new SpringApplication(Application.class);
			application.setWebApplicationType(WebApplicationType.NONE);
			System.exit(SpringApplication.exit(application.run(arguments)));
		}

	}

}
