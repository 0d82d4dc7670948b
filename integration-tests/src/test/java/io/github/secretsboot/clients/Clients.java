package io.github.secretsboot.clients;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.secretsboot.test.SecretsManagerServer;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/**
 * An application with the clients that Spring Boot makes for a dozen technologies, all
 * with credentials from one secret. It needs none of their servers, since clients connect
 * when they are used.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Clients {

	private static final String SECRET = "clients";

	private static final List<String> CREDENTIALS = List.of("kafka.password", "partner.password",
			"spring.artemis.password", "spring.data.redis.password", "spring.datasource.password",
			"spring.elasticsearch.password", "spring.ldap.password", "spring.mail.password", "spring.mongodb.password",
			"spring.neo4j.authentication.password", "spring.rabbitmq.password",
			"spring.security.oauth2.client.registration.github.client-secret", "spring.security.user.password");

	/**
	 * A value for each property that comes from the secret.
	 */
	static Map<String, String> values() {
		Map<String, String> values = new TreeMap<>();
		CREDENTIALS.forEach((property) -> values.put(property, "canary-" + CREDENTIALS.indexOf(property) + "/secret+"));
		return values;
	}

	static ConfigurableApplicationContext run(SecretsManagerServer server) {
		server.create(SECRET, values());
		return SpringApplication.run(Clients.class, server.arguments());
	}

	/**
	 * Calls a partner with a password that it was created with.
	 */
	@Bean
	RestClient partnerClient(@Value("${partner.password}") String password) {
		return RestClient.builder()
			.baseUrl("https://partner.example.com")
			.defaultHeaders((headers) -> headers.setBasicAuth("app", password))
			.build();
	}

}
