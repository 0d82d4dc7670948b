package io.github.secretsboot.inject;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * An application with every shape of {@code @ConfigurationProperties} that people write.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ BoundShapes.JavaBean.class, BoundShapes.WithDependency.class,
		BoundShapes.ImmutableRecord.class, BoundShapes.ImmutableClass.class, BoundShapes.Unrelated.class })
class BoundShapes {

	@Bean
	@ConfigurationProperties("party")
	ThirdParty thirdParty() {
		return new ThirdParty();
	}

	@ConfigurationProperties("bound")
	static class JavaBean {

		private String secretKey;

		private String through;

		private Map<String, String> labels;

		private List<String> names;

		private final List<String> finalNames = new ArrayList<>();

		private final Nested nested = new Nested();

		public String getSecretKey() {
			return this.secretKey;
		}

		public void setSecretKey(String secretKey) {
			this.secretKey = secretKey;
		}

		public String getThrough() {
			return this.through;
		}

		public void setThrough(String through) {
			this.through = through;
		}

		public Map<String, String> getLabels() {
			return this.labels;
		}

		public void setLabels(Map<String, String> labels) {
			this.labels = labels;
		}

		public List<String> getNames() {
			return this.names;
		}

		public void setNames(List<String> names) {
			this.names = names;
		}

		public List<String> getFinalNames() {
			return this.finalNames;
		}

		public Nested getNested() {
			return this.nested;
		}

	}

	static class Nested {

		private String password;

		public String getPassword() {
			return this.password;
		}

		public void setPassword(String password) {
			this.password = password;
		}

	}

	/**
	 * As in a library: it knows nothing of Spring.
	 */
	static class ThirdParty {

		private String token;

		public String getToken() {
			return this.token;
		}

		public void setToken(String token) {
			this.token = token;
		}

	}

	@ConfigurationProperties("dependent")
	static class WithDependency {

		private final Environment environment;

		private String token;

		@Autowired
		WithDependency(Environment environment) {
			this.environment = environment;
		}

		public Environment environment() {
			return this.environment;
		}

		public String getToken() {
			return this.token;
		}

		public void setToken(String token) {
			this.token = token;
		}

	}

	@ConfigurationProperties("bound")
	record ImmutableRecord(String secretKey, Map<String, String> labels) {
	}

	@ConfigurationProperties("party")
	static final class ImmutableClass {

		private final String token;

		ImmutableClass(String token) {
			this.token = token;
		}

		String token() {
			return this.token;
		}

	}

	@ConfigurationProperties("unrelated")
	static class Unrelated {

		private String name = "none";

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
		}

	}

}
