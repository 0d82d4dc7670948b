package io.github.secretsboot.inject;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.RefreshResult;
import io.github.secretsboot.SecretChange;
import io.github.secretsboot.SecretFailure;
import io.github.secretsboot.Secrets;
import io.github.secretsboot.SecretsRefreshFailedEvent;
import io.github.secretsboot.actuate.SecretsEndpoint;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.health.SecretsHealthIndicator;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.test.SecretsManagerServer;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.support.PropertySourcesPlaceholderConfigurer;
import org.springframework.util.StringUtils;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that no version comes into use that would break what works.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class RejectedVersionTests {

	private static final String NAME = "myapp/keys";

	private static final String OTHER = "myapp/other";

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void whenKeyIsGoneThenAPlaceholderInAConfigFileDoesNotBecomeText(CapturedOutput output) {
		create(Map.of("PARTNER_API_KEY", "canary-1", "KEY", "canary-1"));
		try (ConfigurableApplicationContext context = run(Partners.class, "--partner.api-key=${partner-api.key}",
				"--partner.nested.url=https://partner.example/${partner-api.key}")) {
			Partner bean = context.getBean(Partner.class);
			SecretFailure failure = rejected(context, Map.of("KEY", "canary-2"));
			assertThat(bean.getApiKey()).isEqualTo("canary-1");
			assertThat(bean.getNested().getUrl()).isEqualTo("https://partner.example/canary-1");
			assertThat(failure.detail()).contains("would break 'apiKey' of bean 'partner-" + Partner.class.getName())
				.contains("(no value for PARTNER_API_KEY)");
			assertThat(output).contains(failure.detail()).doesNotContain("canary-");
		}
	}

	@Test
	void whenKeyIsGoneThenAValueFieldKeepsItsBeanWhole(CapturedOutput output) {
		create(Map.of("KEY", "canary-1", "OTHER", "canary-1"));
		try (ConfigurableApplicationContext context = run(Fields.class)) {
			SecretFailure failure = rejected(context, Map.of("OTHER", "canary-2"));
			assertThat(failure.detail()).contains("'key' of bean 'rejectedVersionTests.Fields' (no value for KEY)");
			assertThat(context.getBean(Fields.class)).extracting("key", "other")
				.containsExactly("canary-1", "canary-1");
			assertThat(context.getEnvironment().getProperty("other")).isEqualTo("canary-1");
			assertThat(output).doesNotContain("ERROR");
		}
	}

	@Test
	void whenKeyIsGoneThenARefreshScopedBeanKeepsWorking() {
		create(Map.of("KEY", "canary-1", "OTHER", "canary-1"));
		try (ConfigurableApplicationContext context = run(Scoped.class)) {
			assertThat(context.getBean(Scoped.class).key()).isEqualTo("canary-1");
			assertThat(rejected(context, Map.of("OTHER", "canary-2")).detail())
				.contains("of bean 'scopedTarget.rejectedVersionTests.Scoped' (no value for KEY)");
			assertThat(context.getBean(Scoped.class).key()).isEqualTo("canary-1");
			changed(context, Map.of("KEY", "canary-3"));
			assertThat(context.getBean(Scoped.class).key()).isEqualTo("canary-3");
		}
	}

	@Test
	void whenRefreshScopedRecordWouldNotValidateThenItKeepsWorking() {
		create(Map.of("LIMITS_SIZE", "1"));
		try (ConfigurableApplicationContext context = run(ScopedProperties.class)) {
			assertThat(context.getBean(Size10.class).getSize()).isEqualTo(1);
			assertThat(rejected(context, Map.of("LIMITS_SIZE", "77")).detail())
				.contains("(validation failed: size does not satisfy Max)");
			assertThat(context.getBean(Size10.class).getSize()).isEqualTo(1);
		}
	}

	@Test
	void whenKeyIsGoneThenARefreshScopedPoolGetsNoPlaceholderAndNoTwin() {
		create(Map.of("DB_KEY", "canary-1", "OTHER", "canary-1"));
		Pooled.created = 0;
		try (ConfigurableApplicationContext context = run(PooledBeans.class, "--pooled.password=${db.key}")) {
			assertThat(context.getBean(Pooled.class).getPassword()).isEqualTo("canary-1");
			int created = Pooled.created;
			assertThat(rejected(context, Map.of("OTHER", "canary-2")).detail())
				.contains("'password' of bean 'scopedTarget.pooled' (no value for DB_KEY)");
			assertThat(Pooled.created).isEqualTo(created);
			changed(context, Map.of("DB_KEY", "canary-3"));
			assertThat(context.getBean(Pooled.class).getPassword()).isEqualTo("canary-3");
		}
	}

	@Test
	void whenKeyIsGoneThenPrototypesCanStillBeMade() {
		create(Map.of("KEY", "canary-1", "OTHER", "canary-1"));
		try (ConfigurableApplicationContext context = run(Prototypes.class)) {
			Prototype first = context.getBean(Prototype.class);
			rejected(context, Map.of("OTHER", "canary-2"));
			assertThat(context.getBean(Prototype.class).key).isEqualTo("canary-1").isEqualTo(first.key);
			changed(context, Map.of("KEY", "canary-3", "OTHER", "canary-3"));
			assertThat(context.getBean(Prototype.class).key).isEqualTo("canary-3");
			assertThat(first.key).isEqualTo("canary-1");
		}
	}

	@Test
	void whenValueCannotBeConvertedThenNothingChangesUntilTheNextVersion(CapturedOutput output) {
		create(Map.of("POOL_SIZE", "11", "KEY", "canary-1"));
		try (ConfigurableApplicationContext context = run(Numbers.class)) {
			Numbers bean = context.getBean(Numbers.class);
			SecretFailure failure = rejected(context, Map.of("POOL_SIZE", "canary-not-a-number", "KEY", "canary-2"));
			assertThat(failure.detail())
				.contains("'size' of bean 'rejectedVersionTests.Numbers' (failed to convert to int)")
				.doesNotContain("canary");
			assertThat(bean).extracting("size", "before", "after").containsExactly(11, "canary-1", "canary-1");
			assertThat(output).doesNotContain("canary-not-a-number");
			changed(context, Map.of("POOL_SIZE", "12", "KEY", "canary-3"));
			assertThat(bean).extracting("size", "before", "after").containsExactly(12, "canary-3", "canary-3");
			assertThat(output).contains("Secret '" + NAME + "' is current again");
		}
	}

	@Test
	void whenBoundPropertyCannotBeConvertedThenTheVersionIsRejected(CapturedOutput output) {
		create(Map.of("LIMITS_SIZE", "1", "LIMITS_POOL_NAME", "canary-1"));
		try (ConfigurableApplicationContext context = run(LimitsBeans.class)) {
			Limits bean = context.getBean(Limits.class);
			SecretFailure failure = rejected(context,
					Map.of("LIMITS_SIZE", "canary-size", "LIMITS_POOL_NAME", "canary-2"));
			assertThat(failure.detail()).contains("'size' of bean 'limits-").contains("failed to convert to");
			assertThat(bean.getSize()).isEqualTo(1);
			assertThat(bean.getPool().name()).isEqualTo("canary-1");
			assertThat(failure.detail() + output).doesNotContain("canary-");
		}
	}

	@Test
	void whenBoundPropertiesDoNotValidateThenTheVersionIsRejected(CapturedOutput output) {
		create(Map.of("LIMITS_SIZE", "1", "LIMITS_POOL_NAME", "canary-1"));
		try (ConfigurableApplicationContext context = run(LimitsBeans.class)) {
			Limits bean = context.getBean(Limits.class);
			assertThat(rejected(context, Map.of("LIMITS_SIZE", "77", "LIMITS_POOL_NAME", "canary-2")).detail())
				.contains("'size' of bean 'limits-")
				.contains("does not satisfy Max");
			assertThat(rejected(context, Map.of("LIMITS_SIZE", "2", "LIMITS_POOL_NAME", "canary-too-long")).detail())
				.contains("'pool.name' of bean 'limits-")
				.contains("does not satisfy Size");
			assertThat(bean.getSize()).isEqualTo(1);
			assertThat(bean.getPool().name()).isEqualTo("canary-1");
			changed(context, Map.of("LIMITS_SIZE", "3", "LIMITS_POOL_NAME", "canary-3"));
			assertThat(bean.getSize()).isEqualTo(3);
			assertThat(bean.getPool().name()).isEqualTo("canary-3");
			assertThat(output).doesNotContain("canary-");
		}
	}

	@Test
	void whenThereAreDefaultsThenKeysMayGo() {
		create(Map.of("KEY", "canary-1", "OTHER", "canary-1"));
		try (ConfigurableApplicationContext context = run(Defaults.class, "--partner.api-key=${KEY:default}",
				"--partner.nested.url=${unknown:${KEY:default}}")) {
			changed(context, Map.of("OTHER", "canary-2"));
			assertThat(context.getBean(Defaults.class)).extracting("field", "optional", "expression")
				.containsExactly("default", Optional.of("default"), null);
			assertThat(context.getBean(Partner.class).getApiKey()).isEqualTo("default");
			assertThat(context.getBean(Partner.class).getNested().getUrl()).isEqualTo("default");
		}
	}

	@Test
	void whenOneOfTwoVersionsIsBadThenTheOtherComesIntoUse() {
		create(Map.of("KEY", "canary-1"));
		this.server.create(OTHER, Map.of("POOL_SIZE", "11"));
		try (ConfigurableApplicationContext context = runWithOther(Two.class)) {
			this.server.rotate(NAME, Map.of("KEY", "canary-2"));
			this.server.rotate(OTHER, Map.of("POOL_SIZE", "canary-x"));
			RefreshResult result = context.getBean(Secrets.class).refresh();
			assertThat(result.changes()).extracting(SecretChange::secretName).containsExactly(NAME);
			assertThat(result.failures()).extracting(SecretFailure::secretName).containsExactly(OTHER);
			assertThat(context.getBean(Two.class)).extracting("pair", "size").containsExactly("canary-2/11", 11);
		}
	}

	@Test
	void whenTwoVersionsFitNobodyTogetherThenBothAreRejectedAndSaySo() {
		create(Map.of("FIRST", "1"));
		this.server.create(OTHER, Map.of("SECOND", "1"));
		try (ConfigurableApplicationContext context = runWithOther(Together.class)) {
			this.server.rotate(NAME, Map.of("FIRST", "77777"));
			this.server.rotate(OTHER, Map.of("SECOND", "777777"));
			RefreshResult result = context.getBean(Secrets.class).refresh();
			assertThat(result.changes()).isEmpty();
			assertThat(result.failures()).extracting(SecretFailure::secretName).containsExactly(NAME, OTHER);
			assertThat(result.failures().get(0).detail())
				.contains("together with the new version of '" + OTHER + "' would break 'number'");
			assertThat(context.getBean(Together.class).number).isEqualTo(11);
		}
	}

	@Test
	void whenKeyMovesToAnotherSecretThenBothVersionsComeIntoUse() {
		create(Map.of("KEY", "canary-1", "X", "canary-1"));
		this.server.create(OTHER, Map.of("OTHER", "canary-1"));
		try (ConfigurableApplicationContext context = runWithOther(Fields.class)) {
			this.server.rotate(NAME, Map.of("X", "canary-1"));
			this.server.rotate(OTHER, Map.of("KEY", "canary-2", "OTHER", "canary-2"));
			assertThat(context.getBean(Secrets.class).refresh().changes()).hasSize(2);
			assertThat(context.getBean(Fields.class).key).isEqualTo("canary-2");
		}
	}

	@Test
	void whenPlaceholdersMayStayUnresolvedThenTheyDoNotTakeThePlaceOfAValue() {
		create(Map.of("KEY", "canary-1", "OTHER", "canary-1"));
		try (ConfigurableApplicationContext context = run(Lenient.class)) {
			assertThat(context.getBean(Lenient.class)).extracting("key", "unknown", "fallback")
				.containsExactly("key=canary-1", "${unknown}", "canary-1");
			assertThat(rejected(context, Map.of("OTHER", "canary-2")).detail()).contains("'key' of bean")
				.doesNotContain("'fallback' of bean")
				.contains("(no value for KEY)");
			assertThat(context.getBean(Lenient.class).key).isEqualTo("key=canary-1");
			changed(context, Map.of("KEY", "canary-${3}"));
			assertThat(context.getBean(Lenient.class).key).isEqualTo("key=canary-${3}");
		}
	}

	@Test
	void whenSetterAsksForAPassThenNobodyWaitsForever() {
		create(Map.of("KEY", "canary-1"));
		try (ConfigurableApplicationContext context = run(Asking.class)) {
			changed(context, Map.of("KEY", "canary-2"));
			assertThat(context.getBean(Asking.class).keys).containsExactly("canary-1", "canary-2");
		}
	}

	@Test
	void whenVersionIsRejectedThenOtherThreadsNeverSeeIt() throws Exception {
		create(Map.of("KEY", "canary-1", "POOL_SIZE", "11"));
		try (ConfigurableApplicationContext context = run(Numbers.class)) {
			List<String> seen = new ArrayList<>();
			Thread reader = new Thread(() -> {
				while (!Thread.currentThread().isInterrupted()) {
					String value = context.getEnvironment().getProperty("key");
					if (!"canary-1".equals(value)) {
						seen.add(value);
					}
				}
			});
			reader.start();
			for (int i = 0; i < 20; i++) {
				rejected(context, Map.of("KEY", "canary-bad", "POOL_SIZE", "canary-" + i));
			}
			reader.interrupt();
			reader.join();
			assertThat(seen).isEmpty();
		}
	}

	@Test
	void whenVersionIsRejectedThenBeansThatDoNotExistAreNotCreated() {
		create(Map.of("KEY", "canary-1"));
		LazyBean.created = 0;
		try (ConfigurableApplicationContext context = run(LazyBeans.class)) {
			changed(context, Map.of("KEY", "canary-2"));
			changed(context, Map.of("OTHER", "canary-3"));
			assertThat(LazyBean.created).isZero();
		}
	}

	@Test
	void whenVersionIsRejectedThenHealthAndTheEventNameBeanAndMember() {
		create(Map.of("KEY", "canary-1", "OTHER", "canary-1"));
		List<String> details = new ArrayList<>();
		try (ConfigurableApplicationContext context = run(Fields.class)) {
			context.addApplicationListener((ApplicationEvent event) -> {
				if (event instanceof PayloadApplicationEvent<?> payload
						&& payload.getPayload() instanceof SecretsRefreshFailedEvent failed) {
					details.add(failed.detail());
				}
			});
			SecretFailure failure = rejected(context, Map.of("OTHER", "canary-2"));
			assertThat(details).containsExactly(failure.detail());
			assertThat(context.getBean(SecretsHealthIndicator.class).health().getDetails().get("stale").toString())
				.contains(failure.detail())
				.doesNotContain("canary");
		}
	}

	@Test
	void whenVersionIsRejectedThenTheEndpointNamesBeanAndMember() {
		create(Map.of("KEY", "canary-1", "OTHER", "canary-1"));
		try (ConfigurableApplicationContext context = run(Fields.class,
				"--management.endpoints.web.exposure.include=secrets",
				"--management.endpoints.jmx.exposure.include=secrets")) {
			this.server.rotate(NAME, Map.of("OTHER", "canary-2"));
			SecretsEndpoint endpoint = context.getBean(SecretsEndpoint.class);
			assertThat(endpoint.refreshSecrets().failed()).singleElement().satisfies((failed) -> {
				assertThat(failed.reason()).isEqualTo("rejected");
				assertThat(failed.message()).contains("'key' of bean 'rejectedVersionTests.Fields'");
			});
			assertThat(endpoint.secrets().sources()).singleElement().satisfies((source) -> {
				assertThat(source.state()).isEqualTo("rejected");
				assertThat(source.failure().message()).contains("'key' of bean 'rejectedVersionTests.Fields'");
			});
		}
	}

	private void create(Map<String, String> content) {
		this.server.create(NAME, content);
	}

	private ConfigurableApplicationContext run(Class<?> beans, String... arguments) {
		return TestApplication.builder(beans)
			.run(this.server.arguments(StringUtils.addStringToArray(arguments, "--secrets.sources[0].name=" + NAME)));
	}

	private ConfigurableApplicationContext runWithOther(Class<?> beans) {
		return run(beans, "--secrets.sources[1].name=" + OTHER);
	}

	private void changed(ConfigurableApplicationContext context, Map<String, String> content) {
		this.server.rotate(NAME, content);
		RefreshResult result = context.getBean(Secrets.class).refresh();
		assertThat(result.failures()).isEmpty();
		assertThat(result.changes()).hasSize(1);
	}

	private SecretFailure rejected(ConfigurableApplicationContext context, Map<String, String> content) {
		this.server.rotate(NAME, content);
		RefreshResult result = context.getBean(Secrets.class).refresh();
		assertThat(result.changes()).isEmpty();
		assertThat(result.failures()).extracting(SecretFailure::reason).containsExactly(FailureReason.REJECTED);
		return result.failures().get(0);
	}

	static class Fields {

		@Value("${KEY}")
		volatile String key;

		@Value("${OTHER}")
		volatile String other;

	}

	static class Numbers {

		@Value("${KEY}")
		String before;

		@Value("${POOL_SIZE}")
		int size;

		@Value("${KEY}")
		String after;

	}

	static class Two {

		@Value("${POOL_SIZE}")
		int size;

		@Value("${KEY}/${POOL_SIZE}")
		String pair;

	}

	static class Together {

		@Value("${FIRST}${SECOND}")
		int number;

	}

	@Configuration(proxyBeanMethods = false)
	static class Lenient {

		@Value("key=${KEY}")
		String key;

		@Value("${unknown}")
		String unknown;

		@Value("${KEY:none}")
		String fallback;

		@Bean
		static PropertySourcesPlaceholderConfigurer placeholders() {
			PropertySourcesPlaceholderConfigurer configurer = new PropertySourcesPlaceholderConfigurer();
			configurer.setIgnoreUnresolvablePlaceholders(true);
			return configurer;
		}

	}

	static class Asking {

		final List<String> keys = new ArrayList<>();

		@Autowired
		ObjectProvider<Secrets> secrets;

		@Value("${KEY}")
		void setKey(String key) throws Exception {
			if (!this.keys.isEmpty()) {
				// By another thread, which must not need what this one has locked
				CompletableFuture.supplyAsync(() -> this.secrets.getObject().refresh()).get();
			}
			this.keys.add(key);
		}

	}

	@RefreshScope
	static class Scoped {

		private final String key;

		@Autowired
		Scoped(@Value("${KEY}") String key) {
			this.key = key;
		}

		Scoped() {
			this.key = "";
		}

		String key() {
			return this.key;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Prototypes {

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		Prototype prototype() {
			return new Prototype();
		}

	}

	static class Prototype {

		@Value("${KEY}")
		String key;

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyBeans {

		@Bean
		@Lazy
		LazyBean lazyBean(@Value("${KEY}") String key) {
			return new LazyBean();
		}

	}

	static class LazyBean {

		static int created;

		LazyBean() {
			created++;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(Partner.class)
	static class Partners {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(Partner.class)
	static class Defaults {

		@Value("${KEY:default}")
		String field;

		@Value("${KEY:default}")
		Optional<String> optional;

		@Value("#{environment['KEY']}")
		String expression;

	}

	@ConfigurationProperties("partner")
	static class Partner {

		private String apiKey;

		private final Nested nested = new Nested();

		public String getApiKey() {
			return this.apiKey;
		}

		public void setApiKey(String apiKey) {
			this.apiKey = apiKey;
		}

		public Nested getNested() {
			return this.nested;
		}

		static class Nested {

			private String url;

			public String getUrl() {
				return this.url;
			}

			public void setUrl(String url) {
				this.url = url;
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(Limits.class)
	static class LimitsBeans {

	}

	@ConfigurationProperties("limits")
	@Validated
	static class Limits {

		@Max(10)
		private int size;

		@Valid
		private Pool pool;

		public int getSize() {
			return this.size;
		}

		public void setSize(int size) {
			this.size = size;
		}

		public Pool getPool() {
			return this.pool;
		}

		public void setPool(Pool pool) {
			this.pool = pool;
		}

	}

	record Pool(@Size(max = 10) String name) {
	}

	@Configuration(proxyBeanMethods = false)
	static class ScopedProperties {

		@Bean
		@RefreshScope
		@ConfigurationProperties("limits")
		Size10 limits() {
			return new Size10();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PooledBeans {

		@Bean
		@RefreshScope
		@ConfigurationProperties("pooled")
		Pooled pooled() {
			return new Pooled();
		}

	}

	static class Pooled implements AutoCloseable {

		static int created;

		private String password;

		Pooled() {
			created++;
		}

		public String getPassword() {
			return this.password;
		}

		public void setPassword(String password) {
			this.password = password;
		}

		@Override
		public void close() {
		}

	}

	@Validated
	static class Size10 {

		@Max(10)
		private int size;

		public int getSize() {
			return this.size;
		}

		public void setSize(int size) {
			this.size = size;
		}

	}

}
