package io.github.secretsboot.inject;

import java.util.List;
import java.util.Map;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.inject.SimplePlaceholders.Effect;
import io.github.secretsboot.refresh.PropertyIndex;
import io.github.secretsboot.refresh.PropertyNames;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link SimplePlaceholders}.
 */
class SimplePlaceholdersTests {

	private static SecretsManagerServer server;

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void start() {
		server = SecretsManagerServer.start();
		server.create("keys", Map.of("STRIPE_KEY", "canary-1", "other", "canary-2", "urn:key", "canary-3", "urn",
				"canary-4", "rotates", "canary-5"));
		context = TestApplication.builder()
			.initializers((GenericApplicationContext beans) -> beans.registerBean("colon", Colon.class))
			.run(server.arguments("--secrets.sources=keys", "--app.key=${rotates}"));
	}

	@AfterAll
	static void stop() {
		context.close();
		server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "${stripe.key}", "${STRIPE_KEY}", "<${stripe.key:none}>", "${other}/${stripe-key:}" })
	void whenAllAreOtherPropertiesOfSecretsThenThereIsNoEffect(String text) {
		assertThat(effect(text)).isEqualTo(Effect.NONE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "${rotates}", "${rotates:none}", "${other}${rotates}", "<${rotates}${stripe.key}>" })
	void whenOneIsAPropertyThatChangedThenTextHasChanged(String text) {
		assertThat(effect(text)).isEqualTo(Effect.CHANGED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "${app.key}", "${missing}", "${rotates}${missing}", "${missing:none}", "${urn:key}" })
	void whenOneIsNoPropertyOfASecretForCertainThenEffectIsUnknown(String text) {
		assertThat(effect(text)).isEqualTo(Effect.UNKNOWN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "${missing:${rotates}}", "${other:${rotates}}", "${rotates:${other}}", "#{'${other}'}",
			"${oth${rotates}}", "\\${other}", "${other", "${rotates", "other", "" })
	void whenTextHasNoneOrOthersThenTheyAreNotSimple(String text) {
		assertThat(SimplePlaceholders.of(text)).isNull();
	}

	private static Effect effect(String text) {
		PropertyIndex index = context.getBean(SecretsPropertySource.class).getSource().state().properties();
		SimplePlaceholders placeholders = SimplePlaceholders.of(text);
		assertThat(placeholders).isNotNull();
		return placeholders.effect(PropertyNames.of(List.of("rotates")), index);
	}

	@Test
	void whenColonBelongsToTheNameThenMemberFollows() {
		server.rotate("keys", Map.of("STRIPE_KEY", "canary-1", "other", "canary-2", "urn:key", "canary-6", "urn",
				"canary-4", "rotates", "canary-5"));
		context.getBean(Secrets.class).refresh();
		assertThat(context.getBean(Colon.class).value)
			.isEqualTo(context.getBeanFactory().resolveEmbeddedValue("${urn:key}"));
	}

	static class Colon {

		@Value("${urn:key}")
		private volatile String value;

	}

}
