package io.github.secretsboot.inject;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what happens to {@code @Value} members when secrets change.
 */
@ExtendWith(OutputCaptureExtension.class)
class LiveUpdateTests {

	private static final String NAME = "myapp/keys";

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void whenSetterThrowsThenOthersFollow(CapturedOutput output) {
		this.server.create(NAME, Map.of("KEY", "canary-1"));
		try (ConfigurableApplicationContext context = run(Refusing.class)) {
			rotate(context, Map.of("KEY", "canary-refused"));
			assertThat(context.getBean(Refusing.class).field).isEqualTo("canary-refused");
			assertThat(output).contains("keeps its old value").doesNotContain("canary-refused");
		}
	}

	@Test
	void whenOtherSecretRotatesThenSettersAreNotCalled() {
		this.server.create(NAME, Map.of("KEY", "canary-1", "OTHER", "canary-1"));
		try (ConfigurableApplicationContext context = run(Setters.class)) {
			Setters bean = context.getBean(Setters.class);
			rotate(context, Map.of("KEY", "canary-1", "OTHER", "canary-2"));
			assertThat(bean.keys).containsExactly("canary-1");
			assertThat(bean.unrelated).isEqualTo(1);
			rotate(context, Map.of("KEY", "canary-2", "OTHER", "canary-2"));
			assertThat(bean.keys).containsExactly("canary-1", "canary-2");
			assertThat(bean.unrelated).isEqualTo(1);
		}
	}

	@Test
	void whenKeyIsRemovedByTheFirstRotationThenTheDefaultReturns() {
		this.server.create(NAME, Map.of("STRIPE_KEY", "canary-1", "nested.key", "canary-1", "OTHER", "canary-1"));
		try (ConfigurableApplicationContext context = run(Removed.class)) {
			Removed bean = context.getBean(Removed.class);
			assertThat(bean).extracting("relaxed", "exact").containsExactly("canary-1", "canary-1");
			rotate(context, Map.of("OTHER", "canary-1"));
			assertThat(bean).extracting("relaxed", "exact").containsExactly("none", "none");
		}
	}

	@Test
	void whenPairRotatesThenTheMethodGetsBothValuesOfOneVersion() {
		this.server.create(NAME, pair(0));
		try (ConfigurableApplicationContext context = run(Pair.class)) {
			Pair bean = context.getBean(Pair.class);
			for (int i = 1; i <= 20; i++) {
				rotate(context, pair(i));
			}
			assertThat(bean.pairs).hasSize(21).allMatch((pair) -> pair.get(0).equals(pair.get(1)));
		}
	}

	private static Map<String, String> pair(int number) {
		return Map.of("USER_NAME", "canary-" + number, "USER_PASSWORD", "canary-" + number);
	}

	@Test
	void whenFrozenConsumerIsConcernedThenOneWarningNamesIt(CapturedOutput output) {
		this.server.create(NAME, Map.of("KEY", "canary-1", "OTHER", "canary-1"));
		try (ConfigurableApplicationContext context = run(Frozen.class, "--secrets.holders.search=never")) {
			rotate(context, Map.of("KEY", "canary-1", "OTHER", "canary-2"));
			assertThat(output).doesNotContain("A rotated secret does not reach");
			rotate(context, Map.of("KEY", "canary-2", "OTHER", "canary-2"));
			assertThat(StringUtils.countOccurrencesOf(output.toString(), "A rotated secret does not reach"))
				.isEqualTo(1);
			assertThat(output).contains("'first' of bean 'liveUpdateTests.Frozen'")
				.contains("'second' of bean 'liveUpdateTests.Frozen'")
				.doesNotContain("canary-2");
		}
	}

	@Test
	void whenOptionalSecretAppearsThenDefaultsGiveWay() {
		this.server.create(NAME, Map.of("KEY", "canary-1"));
		try (ConfigurableApplicationContext context = run(Defaults.class, "--secrets.sources[1].name=later",
				"--secrets.sources[1].optional=true", "--app.through=${LATER_KEY:default}")) {
			Defaults bean = context.getBean(Defaults.class);
			assertThat(List.of(bean.variable, bean.dashed, bean.through, bean.setter)).containsOnly("default");
			this.server.create("later", Map.of("LATER_KEY", "canary-later"));
			assertThat(context.getBean(Secrets.class).refresh().changes()).hasSize(1);
			assertThat(List.of(bean.variable, bean.dashed, bean.through, bean.setter)).containsOnly("canary-later");
		}
	}

	private ConfigurableApplicationContext run(Class<?> bean, String... arguments) {
		return TestApplication.builder(bean)
			.run(this.server.arguments(StringUtils.addStringToArray(arguments, "--secrets.sources[0].name=" + NAME)));
	}

	private void rotate(ConfigurableApplicationContext context, Map<String, String> content) {
		this.server.rotate(NAME, content);
		assertThat(context.getBean(Secrets.class).refresh().changes()).hasSize(1);
	}

	static class Removed {

		@Value("${stripe.key:none}")
		private volatile String relaxed;

		@Value("${nested.key:none}")
		private volatile String exact;

	}

	static class Refusing {

		@Value("${KEY}")
		String field;

		@Value("${KEY}")
		void setKey(String key) {
			if (key.endsWith("refused")) {
				throw new NoClassDefFoundError(key);
			}
		}

	}

	static class Setters {

		final List<String> keys = new ArrayList<>();

		int unrelated;

		@Value("${KEY}")
		void setKey(String key) {
			this.keys.add(key);
		}

		@Value("${spring.application.name:none}")
		void setUnrelated(String name) {
			this.unrelated++;
		}

	}

	static class Pair {

		final List<List<String>> pairs = new ArrayList<>();

		@Autowired
		void setPair(@Value("${user.name.of.secret:${USER_NAME}}") String name,
				@Value("${user.password}") String password) {
			this.pairs.add(List.of(name, password));
		}

	}

	record Frozen(@Value("${KEY}") String first, @Value("${KEY}") String second) {
	}

	static class Defaults {

		@Value("${LATER_KEY:default}")
		String variable;

		@Value("${later.key:default}")
		String dashed;

		@Value("${app.through}")
		String through;

		String setter;

		@Value("${unknown:${LATER_KEY:default}}")
		void setSetter(String setter) {
			this.setter = setter;
		}

	}

}
