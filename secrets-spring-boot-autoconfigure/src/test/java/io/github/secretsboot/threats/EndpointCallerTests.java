package io.github.secretsboot.threats;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.json.JsonContent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What somebody sees and can do who may call all endpoints of an application, with every
 * value shown that Boot can be told to show.
 */
class EndpointCallerTests {

	private static final List<String> PARTS = List.of("canary-", "9173548206", "CQU=", "PT5H");

	private static final String[] ENDPOINTS = { "env", "configprops", "beans", "conditions", "mappings", "loggers",
			"scheduledtasks", "metrics", "secrets", "env/shapes.joined", "configprops/shapes" };

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void whenEndpointsShowValuesThenNoPartOfASecretIsShown() throws Exception {
		try (ConfigurableApplicationContext context = run()) {
			assertThat(context.getBean(Shapes.class).getList()).containsExactly("canary-a1", "canary-a2");
			assertThat(context.getBean(Values.class).number()).isEqualTo(9173548206L);
			assertThat(leaks(context)).isEmpty();
			this.server.rotate("myapp/keys", Map.of("csv", "canary-c1,canary-c2"));
			context.getBean(Secrets.class).refresh();
			// Beans keep what was in the secret before
			assertThat(leaks(context)).isEmpty();
		}
	}

	@Test
	void whenNoSecretTakesPartThenValueIsShown() throws Exception {
		try (ConfigurableApplicationContext context = run()) {
			JsonContent json = new JsonContent(get(context, "configprops/shapes"));
			String properties = "$.contexts.*.beans.*.properties";
			assertThat(json).extractingPath(properties + ".plain").asArray().containsExactly("shown");
			assertThat(json).extractingPath(properties + ".plainList[*]").asArray().containsExactly("x", "y");
			assertThat(json).extractingPath(properties + ".entries.open").asArray().containsExactly("shown");
			assertThat(json).extractingPath(properties + ".entries.closed").asArray().containsExactly("******");
			assertThat(json).extractingPath(properties + ".list[*]").asArray().containsExactly("******", "******");
			assertThat(get(context, "env/shapes.plain")).contains("\"shown\"");
		}
	}

	@Test
	void whenRefreshesAreAskedForWithoutEndThenNoCallIsPaidForBeyondTheLimit() throws Exception {
		try (ConfigurableApplicationContext context = run("--secrets.refresh.requests-per-hour=2")) {
			this.server.resetCalls();
			for (int i = 0; i < 20; i++) {
				post(context, "secrets");
				post(context, "secrets/myapp/keys");
			}
			assertThat(this.server.calls()).isEqualTo(2);
		}
	}

	private ConfigurableApplicationContext run(String... arguments) {
		Map<String, Object> secret = new LinkedHashMap<>();
		secret.put("csv", "canary-a1,canary-a2");
		secret.put("number", "9173548206");
		secret.put("hours", "5");
		secret.put("short", "9");
		secret.put("shapes", Map.of("direct", "canary-b1,canary-b2", "nested", Map.of("inner", "canary-b3")));
		this.server.create("myapp/keys", secret);
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("shapes.list", "${csv}");
		properties.put("shapes.joined", "x,${csv},y");
		properties.put("shapes.array", "${csv}");
		properties.put("shapes.set", "${no.such:${csv}}");
		properties.put("shapes.bytes", "${short},${hours}");
		properties.put("shapes.properties.first", "${csv}");
		properties.put("shapes.properties.second", "1,${number}");
		properties.put("shapes.lists.one", "${csv}");
		properties.put("shapes.lists.two[0]", "${csv}");
		properties.put("shapes.numbers", "${number}");
		properties.put("shapes.durations", "${hours}h,${short}ms");
		properties.put("shapes.url", "canary://canary-user@${csv}");
		properties.put("shapes.plain", "shown");
		properties.put("shapes.plain-list", "x,y");
		properties.put("shapes.entries.open", "shown");
		properties.put("shapes.entries.closed", "${number}");
		properties.put("values.number", "${number}");
		properties.put("values.list", "${csv}");
		properties.put("values.inner.list[0]", "${csv}");
		return TestApplication.builder(Beans.class)
			.web(WebApplicationType.SERVLET)
			.properties(properties)
			.properties("server.port=0", "management.endpoints.web.exposure.include=*",
					"management.endpoint.env.show-values=always", "management.endpoint.configprops.show-values=always")
			.run(this.server.arguments(Stream.concat(Stream.of("--secrets.sources=myapp/keys"), Stream.of(arguments))
				.toArray(String[]::new)));
	}

	private static List<String> leaks(ConfigurableApplicationContext context) throws Exception {
		List<String> leaks = new ArrayList<>();
		for (String endpoint : ENDPOINTS) {
			String answer = get(context, endpoint);
			if (PARTS.stream().anyMatch(answer.replace("canary://canary-user", "")::contains)) {
				leaks.add(endpoint);
			}
		}
		return leaks;
	}

	private static String get(ConfigurableApplicationContext context, String endpoint) throws Exception {
		return send(request(context, endpoint).GET());
	}

	private static String post(ConfigurableApplicationContext context, String endpoint) throws Exception {
		return send(request(context, endpoint).POST(BodyPublishers.noBody()));
	}

	private static HttpRequest.Builder request(ConfigurableApplicationContext context, String endpoint) {
		String port = context.getEnvironment().getRequiredProperty("local.server.port");
		return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/" + endpoint));
	}

	private static String send(HttpRequest.Builder request) throws Exception {
		return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString()).body();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties({ Shapes.class, Values.class })
	static class Beans {

	}

	@ConfigurationProperties("values")
	record Values(long number, List<String> list, Inner inner) {

		record Inner(List<List<String>> list) {
		}

	}

	@ConfigurationProperties("shapes")
	static class Shapes {

		private List<String> list;

		private List<String> joined;

		private String[] array;

		private Set<String> set;

		private byte[] bytes;

		private Properties properties;

		private Map<String, List<String>> lists;

		private List<Long> numbers;

		private List<Duration> durations;

		private List<String> direct;

		private Map<String, Object> nested;

		private String plain;

		private List<String> plainList;

		private Map<String, String> entries;

		private String url;

		public List<String> getList() {
			return this.list;
		}

		public void setList(List<String> list) {
			this.list = list;
		}

		public List<String> getJoined() {
			return this.joined;
		}

		public void setJoined(List<String> joined) {
			this.joined = joined;
		}

		public String[] getArray() {
			return this.array;
		}

		public void setArray(String[] array) {
			this.array = array;
		}

		public Set<String> getSet() {
			return this.set;
		}

		public void setSet(Set<String> set) {
			this.set = set;
		}

		public byte[] getBytes() {
			return this.bytes;
		}

		public void setBytes(byte[] bytes) {
			this.bytes = bytes;
		}

		public Properties getProperties() {
			return this.properties;
		}

		public void setProperties(Properties properties) {
			this.properties = properties;
		}

		public Map<String, List<String>> getLists() {
			return this.lists;
		}

		public void setLists(Map<String, List<String>> lists) {
			this.lists = lists;
		}

		public List<Long> getNumbers() {
			return this.numbers;
		}

		public void setNumbers(List<Long> numbers) {
			this.numbers = numbers;
		}

		public List<Duration> getDurations() {
			return this.durations;
		}

		public void setDurations(List<Duration> durations) {
			this.durations = durations;
		}

		public List<String> getDirect() {
			return this.direct;
		}

		public void setDirect(List<String> direct) {
			this.direct = direct;
		}

		public Map<String, Object> getNested() {
			return this.nested;
		}

		public void setNested(Map<String, Object> nested) {
			this.nested = nested;
		}

		public String getPlain() {
			return this.plain;
		}

		public void setPlain(String plain) {
			this.plain = plain;
		}

		public List<String> getPlainList() {
			return this.plainList;
		}

		public void setPlainList(List<String> plainList) {
			this.plainList = plainList;
		}

		public Map<String, String> getEntries() {
			return this.entries;
		}

		public void setEntries(Map<String, String> entries) {
			this.entries = entries;
		}

		public String getUrl() {
			return this.url;
		}

		public void setUrl(String url) {
			this.url = url;
		}

		/** Derived from what was bound. */
		public List<String> getParts() {
			return (this.url != null) ? Arrays.asList(this.url.split("[@,]")) : new ArrayList<>();
		}

	}

}
