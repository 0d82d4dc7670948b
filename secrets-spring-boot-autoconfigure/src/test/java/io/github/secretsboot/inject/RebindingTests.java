package io.github.secretsboot.inject;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.test.SecretsManagerServer;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what happens to {@code @ConfigurationProperties} beans when secrets change.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class RebindingTests {

	private static final String NAME = "myapp/keys";

	private final SecretsManagerServer server = SecretsManagerServer.start();

	private final ExecutorService threads = Executors.newSingleThreadExecutor();

	private final AtomicBoolean done = new AtomicBoolean();

	@AfterEach
	void close() {
		this.threads.shutdownNow();
		this.server.close();
	}

	@Test
	void whenNewValuesAreInvalidThenReadersNeverSeeThem(CapturedOutput output) throws Exception {
		create(Map.of("STRIPE_KEY", "canary-1", "STRIPE_NAMES_0", "canary-1"));
		try (ConfigurableApplicationContext context = run()) {
			Stripe bean = context.getBean(Stripe.class);
			Future<Integer> wrong = countReads(bean, (stripe) -> stripe.getKey() == null
					|| !stripe.getKey().matches("canary-\\d+") || stripe.getNames().size() != 1);
			for (int i = 2; i < 30; i++) {
				this.server.rotate(NAME, Map.of("STRIPE_KEY", "canary-invalid", "STRIPE_NAMES_0", "canary-" + i));
				assertThat(context.getBean(Secrets.class).refresh().failures()).hasSize(1);
				assertThat(bean.getKey()).isNotEqualTo("canary-invalid");
				assertThat(bean.getNames()).isNotEqualTo(List.of("canary-" + i));
				rotate(context, Map.of("STRIPE_KEY", "canary-" + i, "STRIPE_NAMES_0", "canary-" + i));
				assertThat(bean.getKey()).isEqualTo("canary-" + i);
				assertThat(bean.getNames()).containsExactly("canary-" + i);
			}
			this.done.set(true);
			assertThat(wrong.get()).isZero();
			assertThat(output).contains("would break 'key' of bean").doesNotContain("canary-invalid");
		}
	}

	@Test
	void whenOtherPropertiesRotateThenNoSetterIsCalled() {
		create(Map.of("STRIPE_KEY", "canary-1", "OTHER_KEY", "canary-1"));
		try (ConfigurableApplicationContext context = run()) {
			Stripe bean = context.getBean(Stripe.class);
			assertThat(bean.calls).isEqualTo(1);
			rotate(context, Map.of("STRIPE_KEY", "canary-1", "OTHER_KEY", "canary-2"));
			assertThat(bean.calls).isEqualTo(1);
			rotate(context, Map.of("STRIPE_KEY", "canary-2", "OTHER_KEY", "canary-2"));
			assertThat(bean.calls).isEqualTo(2);
		}
	}

	@Test
	void whenKeyIsRemovedThenTheOldValueStaysAndOthersFollow() {
		create(Map.of("STRIPE_KEY", "canary-1", "STRIPE_OTHER", "canary-1"));
		try (ConfigurableApplicationContext context = run()) {
			Stripe bean = context.getBean(Stripe.class);
			rotate(context, Map.of("STRIPE_OTHER", "canary-2"));
			assertThat(bean.getKey()).isEqualTo("canary-1");
			assertThat(bean.getOther()).isEqualTo("canary-2");
		}
	}

	@Test
	void whenOptionalSecretAppearsThenPlaceholdersInConfigFilesReachTheBean() {
		create(Map.of("STRIPE_KEY", "canary-1"));
		try (ConfigurableApplicationContext context = run("--secrets.sources[1].name=later",
				"--secrets.sources[1].optional=true", "--stripe.other=${LATER_KEY:default}")) {
			Stripe bean = context.getBean(Stripe.class);
			assertThat(bean.getOther()).isEqualTo("default");
			this.server.create("later", Map.of("LATER_KEY", "canary-later"));
			context.getBean(Secrets.class).refresh();
			assertThat(bean.getOther()).isEqualTo("canary-later");
		}
	}

	@Test
	void whenElementsAppearThenListsAndMapsGrow() {
		create(Map.of("STRIPE_KEY", "canary-1", "STRIPE_NAMES_0", "canary-1"));
		try (ConfigurableApplicationContext context = run()) {
			rotate(context,
					Map.of("STRIPE_KEY", "canary-1", "STRIPE_NAMES_0", "canary-1", "STRIPE_NAMES_1", "canary-2"));
			assertThat(context.getBean(Stripe.class).getNames()).containsExactly("canary-1", "canary-2");
		}
	}

	@Test
	void whenBeanMethodHasSetPropertiesThenTheTrialKnowsThem() {
		create(Map.of("STRIPE_KEY", "canary-1", "LIMITED_KEY", "canary-1"));
		try (ConfigurableApplicationContext context = run()) {
			Limited bean = context.getBean(Limited.class);
			rotate(context, Map.of("STRIPE_KEY", "canary-1", "LIMITED_KEY", "canary-2"));
			assertThat(bean.getKey()).isEqualTo("canary-2");
			assertThat(bean.getLimit()).isEqualTo(5);
		}
	}

	@Test
	void whenRecordIsUnconcernedThenItIsNotWarnedAbout(CapturedOutput output) {
		create(Map.of("STRIPE_KEY", "canary-1", "STRIPE_OTHER", "canary-1"));
		try (ConfigurableApplicationContext context = run("--secrets.holders.search=never")) {
			rotate(context, Map.of("STRIPE_KEY", "canary-2", "STRIPE_OTHER", "canary-1"));
			assertThat(output).doesNotContain("A rotated secret does not reach");
			rotate(context, Map.of("STRIPE_KEY", "canary-2", "STRIPE_OTHER", "canary-2"));
			assertThat(output).contains(
					"A rotated secret does not reach 'other' of bean 'stripe-" + StripeRecord.class.getName() + "' (");
		}
	}

	private <T> Future<Integer> countReads(T bean, Predicate<T> wrong) {
		return this.threads.submit(() -> {
			int count = 0;
			while (!this.done.get()) {
				count += wrong.test(bean) ? 1 : 0;
			}
			return count;
		});
	}

	private void create(Map<String, String> content) {
		this.server.create(NAME, content);
	}

	private ConfigurableApplicationContext run(String... arguments) {
		String[] all = StringUtils.addStringToArray(arguments, "--secrets.sources[0].name=" + NAME);
		return TestApplication.builder(Beans.class).run(this.server.arguments(all));
	}

	private void rotate(ConfigurableApplicationContext context, Map<String, String> content) {
		this.server.rotate(NAME, content);
		assertThat(context.getBean(Secrets.class).refresh().changes()).hasSize(1);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties({ Stripe.class, StripeRecord.class })
	static class Beans {

		@Bean
		@ConfigurationProperties("limited")
		Limited limited() {
			Limited limited = new Limited();
			limited.setLimit(5);
			return limited;
		}

	}

	@ConfigurationProperties("stripe")
	@Validated
	static class Stripe {

		@NotNull
		@Pattern(regexp = "canary-\\d+")
		private volatile String key;

		private volatile String other;

		private volatile List<String> names;

		private int calls;

		public String getKey() {
			return this.key;
		}

		public void setKey(String key) {
			this.calls++;
			this.key = key;
		}

		public String getOther() {
			return this.other;
		}

		public void setOther(String other) {
			this.other = other;
		}

		public List<String> getNames() {
			return this.names;
		}

		public void setNames(List<String> names) {
			this.names = names;
		}

	}

	@ConfigurationProperties("stripe")
	record StripeRecord(String other) {
	}

	@Validated
	static class Limited {

		private String key;

		@Min(1)
		private int limit;

		public String getKey() {
			return this.key;
		}

		public void setKey(String key) {
			this.key = key;
		}

		public int getLimit() {
			return this.limit;
		}

		public void setLimit(int limit) {
			this.limit = limit;
		}

	}

}
