package io.github.secretsboot.threats;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Attacks of somebody who may write one of the secrets of an application, before it
 * starts and by a rotation.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretWriterTests {

	private static final String PWNED = "secretsboot.pwned";

	private static final String CODE = "#{T(java.lang.System).setProperty('" + PWNED + "','yes')}";

	/**
	 * Begins with half of what {@code q#{…}} would need, and a longer value hides both.
	 */
	private static final String HOST = "{canary-" + "a".repeat(80);

	private final SecretsManagerServer server = SecretsManagerServer.start();

	private final SecretsManagerServer attacker = SecretsManagerServer.start();

	@TempDir
	private Path directory;

	@BeforeEach
	void createSecrets() {
		this.server.create("partner",
				Map.of("PARTNER_NAME", "canary-1", "PARTNER_HOST", "canary-host", "PARTNER_PORT", "1"));
		this.server.create("own", Map.of("OWN_KEY", "canary-own"));
	}

	@AfterEach
	void close() {
		System.clearProperty(PWNED);
		this.attacker.close();
		this.server.close();
	}

	@Test
	void whenApplicationStartsWithAnAttackThenOnlyTheSecretsOwnPropertiesAreThere() throws Exception {
		this.server.rotate("partner", attack());
		try (ConfigurableApplicationContext context = run()) {
			assertThatAttackFailed(context);
		}
	}

	@Test
	void whenAttackIsRotatedInThenOnlyTheSecretsOwnPropertiesChange() throws Exception {
		try (ConfigurableApplicationContext context = run()) {
			this.server.rotate("partner", attack());
			context.getBean(Secrets.class).refresh();
			assertThatAttackFailed(context);
		}
	}

	@Test
	void whenContentIsBrokenThenLastGoodValuesStayAndOtherSecretsFollow(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run()) {
			this.server.rotate("partner",
					"{\"PARTNER_NAME\":\"canary-2\",\"x\\n2026-11-24 INFO forged\":\"canary-3\"}");
			this.server.rotate("own", Map.of("OWN_KEY", "canary-new"));
			context.getBean(Secrets.class).refresh();
			Environment environment = context.getEnvironment();
			assertThat(environment.getProperty("partner.name")).isEqualTo("canary-1");
			assertThat(environment.getProperty("own.key")).isEqualTo("canary-new");
		}
		assertThat(output.getAll().lines()).noneMatch((line) -> line.startsWith("2026-11-24 INFO forged"));
	}

	private String attack() throws Exception {
		Map<String, Object> attack = new LinkedHashMap<>();
		attack.put("PARTNER_NAME", "${own.key} " + CODE);
		attack.put("PARTNER_HOST", HOST);
		attack.put("PARTNER_PORT", "q" + CODE);
		attack.put("DECOY", HOST + ":q");
		attack.put("SPRING_MAIN_SOURCES", beanDefinitions());
		attack.put("spring", Map.of("autoconfigure", Map.of("exclude", "canary-exclude")));
		attack.put("management.endpoints.web.exposure.include", "*");
		attack.put("LOGGING_CONFIG", beanDefinitions());
		attack.put("server.port", "0");
		attack.put("spring.cloud.aws.secretsmanager.endpoint", this.attacker.endpoint().toString());
		attack.put("secrets.fetch.timeout", "1ms");
		return new JsonMapper().writeValueAsString(attack);
	}

	private String beanDefinitions() throws Exception {
		return Files.writeString(this.directory.resolve("evil.xml"), """
				<beans xmlns="http://www.springframework.org/schema/beans"
						xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
						xsi:schemaLocation="http://www.springframework.org/schema/beans
						https://www.springframework.org/schema/beans/spring-beans.xsd">
					<bean id="evil" class="java.lang.Object"/>
				</beans>
				""").toUri().toString();
	}

	private ConfigurableApplicationContext run() {
		return TestApplication.run(this.server, Partner.class, "--secrets.sources=own,partner");
	}

	private void assertThatAttackFailed(ConfigurableApplicationContext context) {
		Environment environment = context.getEnvironment();
		// What the secret says, to the letter
		assertThat(context.getBean(Partner.class).name).startsWith("${own.key} #{T(");
		assertThat(context.getBean(Partner.class).url).isEqualTo("https://#" + HOST + ":q" + CODE);
		assertThat(environment.getProperty("partner.name")).startsWith("${own.key} #{T(");
		assertThat(environment.getProperty("own.key")).isEqualTo("canary-own");
		assertThat(System.getProperty(PWNED)).isNull();
		assertThat(context.containsBean("evil")).isFalse();
		for (String name : new String[] { "spring.main.sources", "spring.autoconfigure.exclude", "logging.config",
				"management.endpoints.web.exposure.include", "server.port", "secrets.fetch.timeout",
				"spring.cloud.aws.secretsmanager.endpoint" }) {
			assertThat(environment.getProperty(name)).as(name).isNull();
		}
		context.getBean(Secrets.class).refresh();
		assertThat(this.attacker.requests()).isEmpty();
	}

	@Configuration("partner")
	static class Partner {

		@Value("${partner.name}")
		volatile String name;

		@Value("https://#${partner.host}:${partner.port}")
		volatile String url;

	}

}
