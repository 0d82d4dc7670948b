package io.github.secretsboot.env;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.SecretFailure;
import io.github.secretsboot.SecretsLoadException;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests how an application gets at its secrets, and what one source can say.
 */
class SecretsLoadingTests {

	private static final String API_KEYS = "myapp/api-keys";

	private static final byte[] NOT_TEXT = "canary-\0\u00ff".getBytes(StandardCharsets.ISO_8859_1);

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void whenSecretIsListedThenEverySpellingIsInjected() {
		createApiKeys();
		try (ConfigurableApplicationContext context = TestApplication.run(this.server, Spellings.class,
				"--secrets.sources=" + API_KEYS)) {
			Spellings spellings = context.getBean(Spellings.class);
			assertThat(spellings.variable).isEqualTo("canary-stripe");
			assertThat(spellings.dashed).isEqualTo("canary-stripe");
			assertThat(spellings.dotted).isEqualTo("canary-stripe");
			Environment environment = context.getEnvironment();
			assertThat(environment.getProperty("STRIPE_SECRET_KEY")).isEqualTo("canary-stripe");
			assertThat(environment.getProperty("stripe.secret-key")).isEqualTo("canary-stripe");
			assertThat(environment.getProperty("stripe.secret.key")).isEqualTo("canary-stripe");
		}
	}

	@Test
	void whenSecretIsListedThenConfigurationPropertiesAreBound() {
		createApiKeys();
		try (ConfigurableApplicationContext context = TestApplication.run(this.server, Bound.class,
				"--secrets.sources=" + API_KEYS)) {
			assertThat(context.getBean(Stripe.class).secretKey).isEqualTo("canary-stripe");
			assertThat(context.getBean(StripeRecord.class).secretKey()).isEqualTo("canary-stripe");
			assertThat(context.getBean(MyApp.class).token()).isEqualTo("canary-token");
		}
	}

	@Test
	void whenConfigFileListsSourcesThenItsPlaceholdersSeeSecrets() {
		createApiKeys();
		this.server.create("myapp/mapped", Map.of("A_KEY", "canary-a", "B_KEY", "canary-b", "other", "canary-other"));
		this.server.create("myapp/token", "canary-plain");
		try (ConfigurableApplicationContext context = TestApplication.run(this.server,
				"--spring.config.location=classpath:loading.yml")) {
			Environment environment = context.getEnvironment();
			assertThat(environment.getProperty("app.greeting")).isEqualTo("key canary-stripe");
			assertThat(environment.getProperty("app.a")).as("key in brackets").isEqualTo("canary-a");
			assertThat(environment.getProperty("app.b")).as("key without brackets").isEqualTo("canary-b");
			assertThat(environment.getProperty("other")).as("key that is not named").isEqualTo("canary-other");
			assertThat(environment.containsProperty("A_KEY")).isFalse();
			assertThat(environment.getProperty("token")).as("short form").isEqualTo("canary-plain");
		}
	}

	@Test
	void whenPrefixIsSetThenItIsPutBeforeEveryName() {
		createApiKeys();
		try (ConfigurableApplicationContext context = TestApplication.run(this.server,
				"--secrets.sources[0].name=" + API_KEYS, "--secrets.sources[0].prefix=billing.")) {
			assertThat(context.getEnvironment().getProperty("billing.STRIPE_SECRET_KEY")).isEqualTo("canary-stripe");
			assertThat(context.getEnvironment().getProperty("billing.stripe.secret-key")).isEqualTo("canary-stripe");
			assertThat(context.getEnvironment().containsProperty("STRIPE_SECRET_KEY")).isFalse();
		}
	}

	@Test
	void whenStageIsSetThenItsVersionIsLoaded() {
		this.server.create("myapp/token", "canary-old");
		this.server.rotate("myapp/token", "canary-new");
		this.server.putPending("myapp/token", "canary-pending");
		assertThat(token("stage=AWSPREVIOUS")).isEqualTo("canary-old");
		assertThat(token("stage=AWSPENDING")).isEqualTo("canary-pending");
		assertThat(token("stage=AWSCURRENT")).isEqualTo("canary-new");
	}

	@Test
	void whenVersionIdIsSetThenThatVersionIsLoaded() {
		String first = this.server.create("myapp/token", "canary-old");
		this.server.rotate("myapp/token", "canary-new");
		assertThat(token("version-id=" + first)).isEqualTo("canary-old");
	}

	@Test
	void whenStageIsNowhereThenItIsNotFound() {
		this.server.create("myapp/token", "canary-text");
		assertThatExceptionOfType(SecretsLoadException.class).isThrownBy(() -> token("stage=AWSPENDING"))
			.satisfies((ex) -> assertThat(ex.getFailures()).extracting(SecretFailure::reason)
				.containsExactly(FailureReason.NOT_FOUND));
	}

	@Test
	void whenPreviousIsSetThenBothVersionsAreLoaded() {
		createApiKeys();
		this.server.rotate(API_KEYS, Map.of("STRIPE_SECRET_KEY", "canary-new"));
		try (ConfigurableApplicationContext context = TestApplication.run(this.server,
				"--secrets.sources[0].name=" + API_KEYS, "--secrets.sources[0].previous=true")) {
			Environment environment = context.getEnvironment();
			assertThat(environment.getProperty("stripe.secret-key")).isEqualTo("canary-new");
			assertThat(environment.getProperty("STRIPE_SECRET_KEY.previous")).isEqualTo("canary-stripe");
			assertThat(environment.getProperty("stripe.secret-key.previous")).isEqualTo("canary-stripe");
		}
	}

	@Test
	void whenPreviousIsSetBeforeTheFirstRotationThenOnlyTheCurrentVersionIsLoaded() {
		createApiKeys();
		try (ConfigurableApplicationContext context = TestApplication.run(this.server,
				"--secrets.sources[0].name=" + API_KEYS, "--secrets.sources[0].previous=true")) {
			assertThat(context.getEnvironment().getProperty("stripe.secret-key")).isEqualTo("canary-stripe");
			assertThat(context.getEnvironment().containsProperty("stripe.secret-key.previous")).isFalse();
		}
	}

	@Test
	void whenOptionalSecretIsMissingThenApplicationRuns() {
		createApiKeys();
		try (ConfigurableApplicationContext context = TestApplication.run(this.server,
				"--secrets.sources[0].name=myapp/missing", "--secrets.sources[0].optional=true",
				"--secrets.sources[1].name=" + API_KEYS)) {
			assertThat(context.getEnvironment().getProperty("stripe.secret-key")).isEqualTo("canary-stripe");
		}
	}

	@Test
	void whenSecretIsGivenByArnThenItIsLoaded() {
		createApiKeys();
		String arn = this.server.arn(API_KEYS);
		for (String name : new String[] { arn, arn.substring(0, arn.length() - 7) }) {
			try (ConfigurableApplicationContext context = TestApplication.run(this.server,
					"--secrets.sources[0].name=" + name)) {
				assertThat(context.getEnvironment().getProperty("stripe.secret-key")).isEqualTo("canary-stripe");
			}
		}
	}

	@Test
	void whenSecretIsBinaryThenItIsInjectedAsBytesResourceAndText() throws Exception {
		this.server.create("myapp/keystore", NOT_TEXT);
		this.server.create("myapp/license", "canary-license".getBytes(StandardCharsets.UTF_8));
		try (ConfigurableApplicationContext context = TestApplication.run(this.server, Binary.class,
				"--secrets.sources=myapp/keystore,myapp/license")) {
			Binary binary = context.getBean(Binary.class);
			assertThat(binary.bytes).asString(StandardCharsets.UTF_8).isEqualTo("canary-license");
			assertThat(binary.keystore).isEqualTo(NOT_TEXT);
			assertThat(context.getEnvironment().getProperty("keystore", byte[].class)).isEqualTo(NOT_TEXT);
			assertThat(binary.resource.getContentAsByteArray()).isEqualTo(NOT_TEXT);
			assertThat(binary.text).isEqualTo("canary-license");
		}
	}

	@Test
	void whenSecretIsBinaryThenItIsBoundAsBytesResourceAndText() throws Exception {
		this.server.create("files/bytes", NOT_TEXT);
		this.server.create("files/resource", NOT_TEXT);
		this.server.create("files/text", "canary-license".getBytes(StandardCharsets.UTF_8));
		String[] arguments = new String[6];
		String[] names = { "bytes", "resource", "text" };
		for (int i = 0; i < names.length; i++) {
			arguments[2 * i] = "--secrets.sources[" + i + "].name=files/" + names[i];
			arguments[2 * i + 1] = "--secrets.sources[" + i + "].prefix=files.";
		}
		try (ConfigurableApplicationContext context = TestApplication.run(this.server, BoundFiles.class, arguments)) {
			Files files = context.getBean(Files.class);
			assertThat(files.bytes()).isEqualTo(NOT_TEXT);
			assertThat(files.resource().getContentAsByteArray()).isEqualTo(NOT_TEXT);
			assertThat(files.text()).isEqualTo("canary-license");
		}
	}

	private void createApiKeys() {
		this.server.create(API_KEYS, Map.of("STRIPE_SECRET_KEY", "canary-stripe", "MY_APP_TOKEN", "canary-token"));
	}

	private String token(String setting) {
		try (ConfigurableApplicationContext context = TestApplication.run(this.server,
				"--secrets.sources[0].name=myapp/token", "--secrets.sources[0]." + setting)) {
			return context.getEnvironment().getProperty("token");
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Spellings {

		@Value("${STRIPE_SECRET_KEY}")
		String variable;

		@Value("${stripe.secret-key}")
		String dashed;

		@Value("${stripe.secret.key}")
		String dotted;

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties({ Stripe.class, StripeRecord.class, MyApp.class })
	static class Bound {

	}

	@ConfigurationProperties("stripe")
	static class Stripe {

		private String secretKey;

		public void setSecretKey(String secretKey) {
			this.secretKey = secretKey;
		}

	}

	@ConfigurationProperties("stripe")
	record StripeRecord(String secretKey) {
	}

	@ConfigurationProperties("my-app")
	record MyApp(String token) {
	}

	@Configuration(proxyBeanMethods = false)
	static class Binary {

		@Value("${license}")
		byte[] bytes;

		@Value("${keystore}")
		byte[] keystore;

		@Value("${keystore}")
		Resource resource;

		@Value("${license}")
		String text;

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(Files.class)
	static class BoundFiles {

	}

	@ConfigurationProperties("files")
	record Files(byte[] bytes, Resource resource, String text) {
	}

}
