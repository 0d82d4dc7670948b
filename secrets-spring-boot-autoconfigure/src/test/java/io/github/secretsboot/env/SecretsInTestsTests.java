package io.github.secretsboot.env;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.test.SecretsManagerServer;
import io.github.secretsboot.test.spring.Secret;
import io.github.secretsboot.test.spring.WithSecretsManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests what happens in tests of applications that do not ask for secrets, on a machine
 * that knows nothing of AWS.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretsInTestsTests {

	private static final String SAID = "Secrets are not loaded in this test.";

	private static SystemProperties withoutAws;

	private static SecretsManagerServer server;

	@BeforeAll
	static void start() {
		withoutAws = SystemProperties.withoutAws();
		server = SecretsManagerServer.builder().start();
		server.create("myapp/token", "canary-server");
	}

	@AfterAll
	static void stop() {
		server.close();
		withoutAws.close();
	}

	@Test
	void whenTestDoesNotAskThenItNeedsNoAwsAndOneLineSaysSo(CapturedOutput output) throws Exception {
		ApplicationContext context = load(DoesNotAsk.class);
		assertThat(context.getEnvironment().getProperty("token")).isNull();
		assertThat(context.getBeanNamesForType(Secrets.class)).isEmpty();
		assertThat(context.getBeanNamesForType(SecretsManagerClient.class)).isEmpty();
		assertThat(output).containsOnlyOnce(SAID);
	}

	@Test
	void whenApplicationHasNoSourcesThenNothingIsSaid(CapturedOutput output) throws Exception {
		assertThat(load(WithoutSources.class).getEnvironment().getProperty("secrets.enabled")).isNull();
		assertThat(output).doesNotContain(SAID);
	}

	@Test
	void whenSecretsAreDisabledThenNothingIsSaid(CapturedOutput output) throws Exception {
		load(Disabled.class);
		assertThat(output).doesNotContain(SAID);
	}

	@Test
	void whenTestHasASecretsManagerThenSecretsAreLoaded(CapturedOutput output) throws Exception {
		assertThat(load(Annotated.class).getEnvironment().getProperty("token")).isEqualTo("canary-kit");
		assertThat(output).doesNotContain(SAID);
	}

	@Test
	void whenEndpointIsConfiguredThenSecretsAreLoaded() throws Exception {
		try (SystemProperties properties = new SystemProperties(server.springProperties())) {
			assertThat(load(DoesNotAskEither.class).getEnvironment().getProperty("token")).isEqualTo("canary-server");
		}
	}

	@Test
	void whenSecretsAreEnabledExplicitlyThenTheyAreLoaded(CapturedOutput output) {
		assertThatIllegalStateException().isThrownBy(() -> load(Enabled.class));
		assertThat(output).contains("myapp/token: no region").doesNotContain(SAID);
	}

	@Test
	void whenPlaceholderHasNoValueThenReportTellsWhy(CapturedOutput output) {
		assertThatIllegalStateException().isThrownBy(() -> load(NeedsValue.class));
		assertThat(output).contains("The placeholder ${token} of bean ", "does not ask for them",
				"@WithSecretsManager(", "secrets.enabled=true");
	}

	@Test
	void whenBeanOfSecretsIsNeededThenReportTellsWhy(CapturedOutput output) {
		assertThatIllegalStateException().isThrownBy(() -> load(NeedsSecrets.class));
		assertThat(output).contains("There is no bean of type io.github.secretsboot.Secrets", "does not ask for them");
	}

	@Test
	void whenSecretsAreDisabledThenReportTellsThat(CapturedOutput output) {
		assertThatIllegalStateException().isThrownBy(() -> load(NeedsValueAndIsDisabled.class));
		assertThat(output).contains("The placeholder ${token} of bean ", "because secrets.enabled is false");
	}

	private static ApplicationContext load(Class<?> testClass) throws Exception {
		TestContextManager manager = new TestContextManager(testClass);
		manager.beforeTestClass();
		TestContext test = manager.getTestContext();
		try {
			manager.prepareTestInstance(testClass.getDeclaredConstructor().newInstance());
			return test.getApplicationContext();
		}
		finally {
			manager.afterTestClass();
		}
	}

	@SpringBootTest(classes = TestApplication.class, properties = "secrets.sources=myapp/token")
	static class DoesNotAsk {

	}

	@SpringBootTest(classes = TestApplication.class,
			properties = { "secrets.sources[0].name=myapp/token", "secrets.refresh.enabled=false" })
	static class DoesNotAskEither {

	}

	@SpringBootTest(classes = TestApplication.class)
	static class WithoutSources {

	}

	@SpringBootTest(classes = TestApplication.class,
			properties = { "secrets.sources=myapp/token", "secrets.enabled=false" })
	static class Disabled {

	}

	@SpringBootTest(classes = TestApplication.class,
			properties = { "secrets.sources=myapp/token", "secrets.enabled=true" })
	static class Enabled {

	}

	@SpringBootTest(classes = TestApplication.class, properties = "secrets.sources=myapp/token")
	@WithSecretsManager(secrets = @Secret(name = "myapp/token", value = "canary-kit"))
	static class Annotated {

	}

	@SpringBootTest(classes = { TestApplication.class, Holder.class }, properties = "secrets.sources=myapp/token")
	static class NeedsValue {

	}

	@SpringBootTest(classes = { TestApplication.class, Client.class }, properties = "secrets.sources=myapp/token")
	static class NeedsSecrets {

	}

	@SpringBootTest(classes = { TestApplication.class, Holder.class },
			properties = { "secrets.sources=myapp/token", "secrets.enabled=false" })
	static class NeedsValueAndIsDisabled {

	}

	static class Holder {

		@Value("${token}")
		String token;

	}

	static class Client {

		Client(Secrets secrets) {
			secrets.refresh();
		}

	}

}
