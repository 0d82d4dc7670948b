package io.github.secretsboot.fetch.aws;

import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.awspring.cloud.autoconfigure.core.AwsProperties;
import io.github.secretsboot.Secrets;
import io.github.secretsboot.env.SystemProperties;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.fetch.Deadline;
import io.github.secretsboot.fetch.Location;
import io.github.secretsboot.fetch.SecretRequest;
import io.github.secretsboot.fetch.aws.direct.DirectClient;
import io.github.secretsboot.test.Fault;
import io.github.secretsboot.test.RecordedRequest;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that no secret decides where secrets are read from and as whom, not even one that
 * may set anything: whatever is rotated in, the next request goes to the same place with
 * the same identity, also from a client that is created later.
 */
class SettingsBoundOnceTests {

	private static final String NAME = "myapp/key";

	private static final String KEY_ID = "AKIAGOOD";

	private final SecretsManagerServer server = SecretsManagerServer.start();

	private final SecretsManagerServer evil = SecretsManagerServer.start();

	@BeforeEach
	void createSecret() {
		this.server.create(NAME, Map.of("KEY", "canary-1"));
		this.evil.create(NAME, Map.of("KEY", "canary-evil"));
	}

	@AfterEach
	void closeServers() {
		this.server.close();
		this.evil.close();
	}

	@ParameterizedTest
	@MethodSource("properties")
	void whenPropertyIsSetLaterThenClientsAndRequestsAreAsBefore(String name, String value) {
		StandardEnvironment environment = new StandardEnvironment();
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("spring.cloud.aws.region.static", "us-east-1");
		properties.put("spring.cloud.aws.credentials.access-key", KEY_ID);
		properties.put("spring.cloud.aws.credentials.secret-key", "fake");
		properties.put("spring.cloud.aws.endpoint", "${my.endpoint:" + this.server.endpoint() + "}");
		environment.getPropertySources().addLast(new MapPropertySource("config", properties));
		ConfigurationPropertySources.attach(environment);
		try (SystemProperties none = SystemProperties.withoutAws();
				SecretsManagerClientSource clients = new SecretsManagerClientSource(environment,
						new DefaultBootstrapContext())) {
			clients.bindSettings();
			environment.getPropertySources()
				.addFirst(new MapPropertySource("secrets",
						Map.of(name, value.equals("evil") ? this.evil.endpoint().toString() : value, "my.endpoint",
								this.evil.endpoint().toString())));
			Location elsewhere = new Location("eu-west-1", null);
			DirectClient.reader(clients)
				.read(new SecretRequest(NAME, null, null, elsewhere), Deadline.after(Duration.ofSeconds(20)));
			assertThat(clients.settings().region(Location.DEFAULT)).isEqualTo("us-east-1");
			assertThat(clients.settings().credentials().resolveCredentials().accessKeyId()).isEqualTo(KEY_ID);
			clients.getClient(elsewhere).getSecretValue((request) -> request.secretId(NAME));
			clients.getClient().getSecretValue((request) -> request.secretId(NAME));
		}
		assertThat(this.evil.requests()).isEmpty();
		assertThat(this.server.requests()).extracting(RecordedRequest::region)
			.containsExactly("eu-west-1", "eu-west-1", "us-east-1");
		assertThat(this.server.requests()).extracting(RecordedRequest::accessKeyId).containsOnly(KEY_ID);
	}

	@ParameterizedTest
	@ValueSource(strings = { "auto", "sdk" })
	void whenEverythingIsRotatedInThenNextRequestFailoverAndLateClientAreAsBefore(String client) throws Exception {
		List<String> arguments = new ArrayList<>(List.of("--secrets.sources[0].name=" + NAME,
				"--secrets.sources[0].allow=*", "--secrets.fetch.client=" + client,
				"--secrets.fetch.failover-regions=eu-west-1", "--secrets.fetch.batch=never"));
		Collections.addAll(arguments, this.server.arguments());
		arguments.removeIf((argument) -> argument.startsWith("--spring.cloud.aws."));
		try (SystemProperties none = SystemProperties.withoutAws();
				ConfigurableApplicationContext context = TestApplication.builder()
					.properties("spring.cloud.aws.region.static=us-east-1",
							"spring.cloud.aws.credentials.access-key=" + KEY_ID,
							"spring.cloud.aws.credentials.secret-key=fake",
							"spring.cloud.aws.endpoint=${my.endpoint:" + this.server.endpoint() + "}")
					.run(arguments.toArray(String[]::new))) {
			Map<String, String> everything = new LinkedHashMap<>(Map.of("KEY", "canary-2"));
			properties().forEach((property) -> everything.put(property[0],
					property[1].equals("evil") ? this.evil.endpoint().toString() : property[1]));
			everything.put("my.endpoint", this.evil.endpoint().toString());
			this.server.rotate(NAME, new JsonMapper().writeValueAsString(everything));
			Secrets secrets = context.getBean(Secrets.class);
			secrets.refresh();
			assertThat(context.getEnvironment().getProperty("spring.cloud.aws.endpoint"))
				.isEqualTo(this.evil.endpoint().toString());
			this.server.rotate(NAME, Map.of("KEY", "canary-3", "spring.cloud.aws.endpoint",
					this.evil.endpoint().toString(), "my.endpoint", this.evil.endpoint().toString()));
			this.server.fail(Fault.internalError().inRegion("us-east-1"));
			secrets.refresh();
			assertThat(context.getEnvironment().getProperty("KEY")).isEqualTo("canary-3");
			this.server.heal();
			context.getBean(SecretsManagerClient.class).getSecretValue((request) -> request.secretId(NAME));
		}
		assertThat(this.evil.requests()).isEmpty();
		assertThat(this.server.requests()).extracting(RecordedRequest::region)
			.contains("eu-west-1")
			.endsWith("us-east-1");
		assertThat(this.server.requests()).extracting(RecordedRequest::accessKeyId).containsOnly(KEY_ID);
	}

	@Test
	void whenPropertiesAreListedThenThoseThatMatterAreAmongThem() throws Exception {
		assertThat(properties()).extracting((property) -> property[0])
			.contains("spring.cloud.aws.endpoint", "spring.cloud.aws.secretsmanager.endpoint",
					"spring.cloud.aws.region.static", "spring.cloud.aws.credentials.access-key",
					"secrets.fetch.failover-regions", "secrets.sources[0]")
			.hasSizeGreaterThan(50);
	}

	/** All of Spring Cloud AWS and of this library, with values of an attacker. */
	static List<String[]> properties() throws Exception {
		List<String[]> properties = new ArrayList<>();
		for (Class<?> type : List.of(AwsProperties.class, Secrets.class)) {
			URL classes = type.getProtectionDomain().getCodeSource().getLocation();
			for (URL url : Collections
				.list(type.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
				if (url.toString().contains(classes.getPath())) {
					try (InputStream json = url.openStream()) {
						for (JsonNode property : new JsonMapper().readTree(json).path("properties")) {
							add(property.path("name").asString(), property.path("type").asString(""), properties);
						}
					}
				}
			}
		}
		properties.add(new String[] { "secrets.sources[0]", "canary-other" });
		return properties;
	}

	private static void add(String name, String type, List<String[]> properties) {
		String value = switch (type) {
			case "java.net.URI" -> "evil";
			case "java.lang.String" -> "eu-south-1";
			case "java.lang.Boolean" -> "true";
			case "java.util.List<java.lang.String>" -> "eu-south-1";
			case "software.amazon.awssdk.awscore.defaultsmode.DefaultsMode" -> "mobile";
			default -> null;
		};
		if (value != null && (name.startsWith("spring.cloud.aws.") || name.startsWith("secrets."))) {
			properties.add(new String[] { name, value });
		}
	}

}
