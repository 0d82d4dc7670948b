package io.github.secretsboot.env;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.secretsboot.fetch.FetchSettings;
import io.github.secretsboot.fetch.TestSecretReader;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.refresh.TestEngine;
import org.apache.commons.logging.impl.NoOpLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the keys of a secret answer as environment variables do: the same keys are
 * put into a secret and into a real {@link SystemEnvironmentPropertySource}, the same
 * questions are asked of both, and the answers must be the same.
 */
class RelaxedNamesTests {

	private static final Map<String, String> VARIABLES = variables("STRIPE_SECRET_KEY", "STRIPE_URL", "MY_APP_TOKEN",
			"MY_APP_CONFIG_TOKEN", "MY_APP_CONFIG_SECRET_KEY", "MY_APP_CONFIG_HOSTS_0", "MY_APP_CONFIG_HOSTS_1",
			"MYAPP_OTHER", "MY_LIST_0", "MY_LIST_1", "MY_MAP_ONE", "MY_MAP_TWO", "MY_MAP_TWO_THREE",
			"MY_CLIENTS_STRIPE_SECRET_KEY", "MY_CLIENTS_STRIPE_URL", "MY_CLIENTS_OPENAI_URL", "MY_SERVERS_0_URL",
			"MY_SERVERS_0_SECRET_KEY", "MY_SERVERS_1_URL", "MY_MATRIX_0_0", "MY_MATRIX_0_1", "TOKEN", "lower_case_key",
			"MY__DOUBLE", "_LEADING_KEY", "TRAILING_KEY_", "A_0_1_B", "ACME_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE",
			"OAUTH2_CLIENT_ID", "K8S_0_1");

	private static final List<String> NAMES = List.of("STRIPE_SECRET_KEY", "stripe.secret.key", "stripe.secret-key",
			"stripe-secret-key", "stripe.secretkey", "stripe.secretKey", "stripe_secret_key", "STRIPE.SECRET.KEY",
			"Stripe.Secret-Key", "stripe.secret", "stripe", "stripe.url", "my.app.token", "my-app.token",
			"my.app-token", "my-app-token", "my-app.config.token", "my.app-config.token", "my.app.config.secret-key",
			"my.app-config.secret-key", "my-app-config.secret.key", "my-app.other", "myapp.other", "my.app.other",
			"my.list[0]", "my.list[1]", "my.list[2]", "my.list.0", "my.list", "my.app-config.hosts[0]", "my.map.one",
			"my.map.two.three", "my.map.two-three", "my.clients.stripe.secret-key", "my.clients.stripe.url",
			"my.servers[0].url", "my.servers[0].secret-key", "my.matrix[0][1]", "token", "TOKEN", "Token",
			"lower.case.key", "lower-case-key", "lower_case_key", "my.double", "MY__DOUBLE", "leading.key",
			"trailing.key", "a[0][1].b", "acme.datasource.hikari.maximum-pool-size",
			"acme.datasource.hikari.maximumPoolSize", "oauth2.client-id", "oauth2.client.id", "k8s[0][1]", "",
			"not there", "not/there", "ключ");

	@ParameterizedTest
	@MethodSource("names")
	void whenEnvironmentIsAskedThenAnswerIsThatOfAnEnvironmentVariable(String name) {
		assertThat(secrets(VARIABLES).getProperty(name)).isEqualTo(systemEnvironment(VARIABLES).getProperty(name));
		assertThat(secrets(VARIABLES).containsProperty(name))
			.isEqualTo(systemEnvironment(VARIABLES).containsProperty(name));
	}

	static Stream<String> names() {
		return NAMES.stream();
	}

	@ParameterizedTest
	@MethodSource("targetsOfVariables")
	void whenBoundThenResultIsThatOfEnvironmentVariables(String name, Bindable<?> target) {
		Object secret = Binder.get(secrets(VARIABLES)).bind(name, target).orElse(null);
		Object variable = Binder.get(systemEnvironment(VARIABLES)).bind(name, target).orElse(null);
		assertThat(secret).usingRecursiveComparison().isEqualTo(variable);
	}

	@ParameterizedTest
	@MethodSource("targets")
	void whenBoundFromDottedKeysThenResultIsThatOfAConfigFile(String name, Bindable<?> target) {
		Map<String, String> keys = variables("stripe.secret-key", "stripe.url", "my-app.token", "my.app-config.token",
				"my.app-config.secretKey", "my.app-config.hosts[0]", "my.app-config.hosts[1]",
				"my.app-config.labels.one", "my.app-config.labels.two.three", "my.list[0]", "my.list[1]", "my.map.one",
				"my.map.two-three", "my.map.camelCase", "my.clients.stripe.secret-key", "my.clients.open-ai.url",
				"my.servers[0].url", "my.servers[1].secretKey", "my.matrix[0][0]", "my.matrix[0][1]");
		Object secret = Binder.get(secrets(keys)).bind(name, target).orElse(null);
		Object file = Binder.get(configFile(keys)).bind(name, target).orElse(null);
		assertThat(secret).usingRecursiveComparison().isEqualTo(file);
	}

	/** Without maps below a name with a dash, which Boot does not bind from variables. */
	static Stream<Arguments> targetsOfVariables() {
		return targets().filter((target) -> !target.get()[0].toString().contains("-")
				|| ((Bindable<?>) target.get()[1]).getType().resolve() != Map.class);
	}

	static Stream<Arguments> targets() {
		List<Arguments> targets = new ArrayList<>();
		for (String name : List.of("stripe", "my.app-config", "my.app.config", "my-app.config", "my-app-config",
				"my.clients.stripe", "my.servers[0]", "nothing")) {
			targets.add(target(name, Bindable.of(Client.class)));
			targets.add(target(name, Bindable.of(ClientRecord.class)));
		}
		for (String name : List.of("my", "my.app")) {
			targets.add(target(name, Bindable.of(Parent.class)));
			targets.add(target(name, Bindable.of(ParentRecord.class)));
		}
		for (String name : List.of("my.map", "my.list", "my.app-config", "my.app-config.labels", "my-app.config.labels",
				"my-app", "stripe", "my.clients.stripe", "oauth2", "k8s", "nothing", "no-thing")) {
			targets.add(target(name, Bindable.mapOf(String.class, String.class)));
			targets.add(target(name, Bindable.mapOf(String.class, Object.class)));
		}
		for (String name : List.of("my.list", "my.app-config.hosts", "my-app.config.hosts", "my.matrix[0]",
				"nothing")) {
			targets.add(target(name, Bindable.listOf(String.class)));
		}
		targets.add(target("my.clients", Bindable.mapOf(String.class, Client.class)));
		targets.add(target("my.clients", Bindable.mapOf(String.class, ClientRecord.class)));
		targets.add(target("my.servers", Bindable.listOf(Client.class)));
		targets.add(target("my.servers", Bindable.listOf(ClientRecord.class)));
		targets.add(target("my.list", Bindable.of(String[].class)));
		targets.add(target("token", Bindable.of(String.class)));
		return targets.stream();
	}

	@ParameterizedTest
	@MethodSource("prefixes")
	void whenConfigurationPropertiesAreBeansThenTheyAreBoundAsFromEnvironmentVariables(Class<?> type) {
		assertThat(bean(type, secrets(VARIABLES))).usingRecursiveComparison()
			.isEqualTo(bean(type, systemEnvironment(VARIABLES)))
			.isNotEqualTo(bean(type, new StandardEnvironment()));
	}

	static Stream<Class<?>> prefixes() {
		return Stream.of(StripeProperties.class, DashedProperties.class, NestedDashedProperties.class,
				DashedRecordProperties.class, NestedProperties.class);
	}

	@Test
	void whenDashedBeanIsBoundFromSecretThenAllOfItIsThere() {
		Client client = bean(DashedProperties.class, secrets(VARIABLES));
		assertThat(client.getToken()).isEqualTo("canary-MY_APP_CONFIG_TOKEN");
		assertThat(client.getSecretKey()).isEqualTo("canary-MY_APP_CONFIG_SECRET_KEY");
		assertThat(client.getHosts()).containsExactly("canary-MY_APP_CONFIG_HOSTS_0", "canary-MY_APP_CONFIG_HOSTS_1");
	}

	@Test
	void whenPrefixIsBeforeVariableThenItBindsBelowThePrefix() {
		ConfigurableEnvironment environment = secrets(
				variables("billing.STRIPE_SECRET_KEY", "billing.STRIPE_HOSTS_0", "billing-api.STRIPE_TOKEN"));
		assertThat(environment.getProperty("billing.stripe.secret-key")).isEqualTo("canary-billing.STRIPE_SECRET_KEY");
		assertThat(environment.getProperty("billing-api.stripe.token")).isEqualTo("canary-billing-api.STRIPE_TOKEN");
		Client client = Binder.get(environment).bind("billing.stripe", Client.class).get();
		assertThat(client.getSecretKey()).isEqualTo("canary-billing.STRIPE_SECRET_KEY");
		assertThat(client.getHosts()).containsExactly("canary-billing.STRIPE_HOSTS_0");
	}

	/**
	 * Beyond environment variables: a key is also found under its upper-case name, which
	 * Spring's own source does not try.
	 */
	@Test
	void whenLowerCaseKeyIsAskedForInUpperCaseThenItIsFoundUnlikeAVariable() {
		Map<String, String> keys = variables("api_token");
		assertThat(secrets(keys).getProperty("API_TOKEN")).isEqualTo("canary-api_token");
		assertThat(systemEnvironment(keys).getProperty("API_TOKEN")).isNull();
	}

	private static <T> T bean(Class<T> type, ConfigurableEnvironment environment) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.setEnvironment(environment);
			context.register(Configuration.class, type);
			if (environment.getPropertySources()
				.get(SecretsPropertySource.NAME) instanceof SecretsPropertySource secrets) {
				context.registerBean(DashedNamesBindHandlerAdvisor.class, secrets);
			}
			context.refresh();
			return context.getBean(type);
		}
	}

	private static ConfigurableEnvironment secrets(Map<String, String> keys) {
		TestSecretReader reader = new TestSecretReader().put("api-keys", JsonMapper.shared().writeValueAsString(keys));
		SecretsEngine engine = TestEngine.create(reader, new FetchSettings(true, 1, Duration.ofSeconds(30)), false,
				Clock.systemUTC(), new NoOpLog(), TestEngine.source("api-keys"));
		engine.load();
		return environment(new SecretsPropertySource(engine));
	}

	private static ConfigurableEnvironment systemEnvironment(Map<String, String> keys) {
		return environment(new SystemEnvironmentPropertySource(
				StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new LinkedHashMap<>(keys)));
	}

	private static ConfigurableEnvironment configFile(Map<String, String> keys) {
		return environment(new MapPropertySource("file", new LinkedHashMap<>(keys)));
	}

	private static ConfigurableEnvironment environment(PropertySource<?> source) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().forEach((other) -> environment.getPropertySources().remove(other.getName()));
		environment.getPropertySources().addFirst(source);
		ConfigurationPropertySources.attach(environment);
		if (source instanceof SecretsPropertySource secrets) {
			secrets.watch(environment);
		}
		return environment;
	}

	private static Map<String, String> variables(String... names) {
		Map<String, String> variables = new LinkedHashMap<>();
		for (String name : names) {
			variables.put(name, "canary-" + name);
		}
		return variables;
	}

	private static Arguments target(String name, Bindable<?> target) {
		return Arguments.of(name, target);
	}

	@EnableConfigurationProperties
	static class Configuration {

	}

	@ConfigurationProperties("stripe")
	static class StripeProperties extends Client {

	}

	@ConfigurationProperties("my.app-config")
	static class DashedProperties extends Client {

	}

	@ConfigurationProperties("my-app.config")
	static class NestedDashedProperties extends Client {

	}

	@ConfigurationProperties("my")
	static class NestedProperties extends Parent {

	}

	@EnableConfigurationProperties(DashedRecord.class)
	static class DashedRecordProperties {

		private final DashedRecord bound;

		DashedRecordProperties(DashedRecord bound) {
			this.bound = bound;
		}

	}

	@ConfigurationProperties("my.app-config")
	record DashedRecord(String token, String secretKey, List<String> hosts, Map<String, String> labels) {

	}

	record ClientRecord(String url, String token, String secretKey, List<String> hosts, Map<String, String> labels) {

	}

	record ParentRecord(ClientRecord appConfig, ClientRecord config, Map<String, String> map, List<String> list,
			Map<String, ClientRecord> clients, List<ClientRecord> servers) {

	}

	static class Client {

		private String url;

		private String token;

		private String secretKey;

		private List<String> hosts = new ArrayList<>();

		private Map<String, String> labels = new LinkedHashMap<>();

		public String getUrl() {
			return this.url;
		}

		public void setUrl(String url) {
			this.url = url;
		}

		public String getToken() {
			return this.token;
		}

		public void setToken(String token) {
			this.token = token;
		}

		public String getSecretKey() {
			return this.secretKey;
		}

		public void setSecretKey(String secretKey) {
			this.secretKey = secretKey;
		}

		public List<String> getHosts() {
			return this.hosts;
		}

		public void setHosts(List<String> hosts) {
			this.hosts = hosts;
		}

		public Map<String, String> getLabels() {
			return this.labels;
		}

		public void setLabels(Map<String, String> labels) {
			this.labels = labels;
		}

	}

	static class Parent {

		private final Client appConfig = new Client();

		private Client config;

		private Map<String, String> map = new LinkedHashMap<>();

		private List<String> list = new ArrayList<>();

		private Map<String, Client> clients = new LinkedHashMap<>();

		private List<Client> servers = new ArrayList<>();

		public Client getAppConfig() {
			return this.appConfig;
		}

		public Client getConfig() {
			return this.config;
		}

		public void setConfig(Client config) {
			this.config = config;
		}

		public Map<String, String> getMap() {
			return this.map;
		}

		public void setMap(Map<String, String> map) {
			this.map = map;
		}

		public List<String> getList() {
			return this.list;
		}

		public void setList(List<String> list) {
			this.list = list;
		}

		public Map<String, Client> getClients() {
			return this.clients;
		}

		public void setClients(Map<String, Client> clients) {
			this.clients = clients;
		}

		public List<Client> getServers() {
			return this.servers;
		}

		public void setServers(List<Client> servers) {
			this.servers = servers;
		}

	}

}
