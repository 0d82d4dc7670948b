package io.github.secretsboot.report;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

import javax.crypto.spec.SecretKeySpec;

import io.github.secretsboot.Rotating;
import io.github.secretsboot.Secrets;
import jakarta.annotation.PostConstruct;

import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * An application whose beans hold the value of one property, in as many ways as
 * applications do. Each says what it uses when it is asked.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ ManyHolders.Bound.class, ManyHolders.Constant.class })
class ManyHolders {

	/**
	 * A bean that uses a value.
	 */
	interface User {

		/**
		 * What it would show to a server now.
		 */
		String used();

	}

	@Bean
	Field field() {
		return new Field();
	}

	static class Field implements User {

		@Value("${partner.key}")
		String key;

		@Override
		public String used() {
			return this.key;
		}

	}

	@Bean
	Setter setter() {
		return new Setter();
	}

	static class Setter implements User {

		private String key;

		@Value("${partner.key}")
		void setKey(String key) {
			this.key = key;
		}

		@Override
		public String used() {
			return this.key;
		}

	}

	@Bean
	Method method() {
		return new Method();
	}

	static class Method implements User {

		private String secret;

		@Autowired
		void use(@Value("${partner.key}") String key) {
			this.secret = key;
		}

		@Override
		public String used() {
			return this.secret;
		}

	}

	@ConfigurationProperties("partner")
	static class Bound implements User {

		private String key;

		public String getKey() {
			return this.key;
		}

		public void setKey(String key) {
			this.key = key;
		}

		@Override
		public String used() {
			return this.key;
		}

	}

	@ConfigurationProperties("partner")
	record Constant(String key) implements User {

		@Override
		public String used() {
			return this.key;
		}

	}

	/** Says what it makes of a value whenever it is asked. */
	record Held<T>(T held, Function<T, String> use) implements User {

		@Override
		public String used() {
			return this.use.apply(this.held);
		}

	}

	@Bean
	User copyOfBound(Bound bound) {
		return new Held<>(bound.getKey(), Function.identity());
	}

	@Bean
	User reference(Bound bound) {
		return new Held<>(bound, Bound::getKey);
	}

	@Bean
	User parameter(@Value("${partner.key}") String key) {
		return new Held<>(key, Function.identity());
	}

	@Bean
	User header(@Value("${partner.key}") String key) {
		return new Held<>("Bearer " + key, (header) -> header.substring(7));
	}

	@Bean
	User url(Environment environment) {
		return new Held<>("https://app:" + environment.getProperty("partner.key") + "@partner.example/",
				(url) -> url.substring(12, url.indexOf('@')));
	}

	@Bean
	User basicAuthentication(Bound bound) {
		return new Held<>(
				Base64.getEncoder().encodeToString(("app:" + bound.getKey()).getBytes(StandardCharsets.UTF_8)),
				(text) -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8).substring(4));
	}

	@Bean
	User characters(Bound bound) {
		return new Held<>(bound.getKey().toCharArray(), String::new);
	}

	@Bean
	User bytes(Bound bound) {
		return new Held<>(bound.getKey().getBytes(StandardCharsets.UTF_8),
				(bytes) -> new String(bytes, StandardCharsets.UTF_8));
	}

	@Bean
	User keySpec(Bound bound) {
		return new Held<>(new SecretKeySpec(bound.getKey().getBytes(StandardCharsets.UTF_8), "HmacSHA256"),
				(key) -> new String(key.getEncoded(), StandardCharsets.UTF_8));
	}

	@Bean
	User map(Bound bound) {
		return new Held<>(new HashMap<>(Map.of("password", bound.getKey())), (map) -> map.get("password"));
	}

	@Bean
	User cache(Bound bound) {
		return new Held<>(new ConcurrentHashMap<>(Map.of(bound.getKey(), true)),
				(map) -> map.keySet().iterator().next());
	}

	@Bean
	User list(Bound bound) {
		return new Held<>(List.of("other", bound.getKey()), (list) -> list.get(1));
	}

	@Bean
	User optional(Bound bound) {
		return new Held<>(Optional.of(bound.getKey()), Optional::get);
	}

	@Bean
	User atomic(Bound bound) {
		return new Held<>(new AtomicReference<>(bound.getKey()), AtomicReference::get);
	}

	@Bean
	User lambda(@Value("${partner.key}") String key) {
		Supplier<String> supplier = () -> key;
		return new Held<>(supplier, Supplier::get);
	}

	@Bean
	User snapshot(Secrets secrets) {
		return new Held<>(secrets.get("partner"), (snapshot) -> snapshot.getRequired("partner.key"));
	}

	@Bean
	User rotating(Secrets secrets) {
		Rotating<Client> client = secrets.rotating("partner", Duration.ZERO,
				(snapshot) -> new Client(snapshot.getRequired("partner.key")));
		return new Held<>(client, (rotating) -> rotating.get().key);
	}

	@Bean
	User taken(Secrets secrets) {
		return new Held<>(secrets
			.rotating("partner", Duration.ZERO, (snapshot) -> new Client(snapshot.getRequired("partner.key")))
			.get(), (client) -> client.key);
	}

	static class Client {

		private final String key;

		Client(String key) {
			this.key = key;
		}

	}

	@Bean
	Derived derived() {
		return new Derived();
	}

	/** Has a live field, and makes something of it once. */
	static class Derived implements User {

		@Value("${partner.key}")
		String key;

		private String authorization;

		@PostConstruct
		void prepare() {
			this.authorization = "key=" + this.key;
		}

		@Override
		public String used() {
			return this.authorization.substring(4);
		}

	}

	@Bean
	MadeByFactory made(Bound bound) {
		return new MadeByFactory(bound.getKey());
	}

	static class MadeByFactory implements FactoryBean<User> {

		private final Held<String> made;

		MadeByFactory(String key) {
			this.made = new Held<>(key, Function.identity());
		}

		@Override
		public User getObject() {
			return this.made;
		}

		@Override
		public Class<?> getObjectType() {
			return User.class;
		}

	}

	@Bean
	User asked(Environment environment) {
		return new Held<>(environment, (properties) -> properties.getProperty("partner.key"));
	}

	@Bean
	User listening(Secrets secrets) {
		AtomicReference<String> key = new AtomicReference<>(secrets.get("partner").getRequired("partner.key"));
		secrets.onRotation("partner", (snapshot) -> key.set(snapshot.getRequired("partner.key")));
		return new Held<>(key, AtomicReference::get);
	}

	@Bean
	User unrelated() {
		return new Held<>("canary-unrelated-text", (text) -> "");
	}

}
