package io.github.secretsboot.refresh;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.secretsboot.SecretsRotatedEvent;
import io.github.secretsboot.Secrets;
import io.github.secretsboot.test.Operation;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

class RotationTests {

	private static final String NAME = "myapp/production/api-keys";

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void whenSecretRotatesThenFieldsSettersAndBoundBeansFollow() {
		this.server.create(NAME, Map.of("STRIPE_SECRET_KEY", "canary-1", "STRIPE_URL", "canary-url"));
		try (ConfigurableApplicationContext context = run("--secrets.sources=" + NAME,
				"--app.key=prefix-${stripe.secret-key}", "--stripe.other=${app.key}")) {
			Consumers bean = context.getBean(Consumers.class);
			assertThat(bean.field).isEqualTo("canary-1");
			this.server.rotate(NAME, Map.of("STRIPE_SECRET_KEY", "canary-2", "STRIPE_URL", "canary-url"));
			assertThat(context.getBean(Secrets.class).refresh()).hasSize(1);
			assertThat(bean.field).isEqualTo("canary-2");
			assertThat(bean.through).isEqualTo("prefix-canary-2");
			assertThat(bean.length).isEqualTo(8);
			assertThat(bean.setter).isEqualTo("canary-2");
			assertThat(bean.constructor).isEqualTo("canary-1");
			assertThat(context.getBean(Stripe.class).getSecretKey()).isEqualTo("canary-2");
			assertThat(context.getBean(Stripe.class).getOther()).isEqualTo("prefix-canary-2");
			assertThat(bean.events).hasSize(1);
			context.getBean(SecretConsumers.class).list().forEach(System.out::println);
			assertThat(this.server.calls(Operation.GET_SECRET_VALUE)).isEqualTo(2);
		}
	}

	private ConfigurableApplicationContext run(String... arguments) {
		List<String> all = new ArrayList<>(List.of(this.server.arguments()));
		all.addAll(List.of(arguments));
		return new SpringApplicationBuilder(App.class).web(WebApplicationType.NONE).run(all.toArray(String[]::new));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableConfigurationProperties({ Stripe.class, StripeRecord.class })
	static class App {

		@Bean
		Consumers consumers(@Value("${stripe.secret-key}") String parameter) {
			return new Consumers(parameter);
		}

	}

	static class Consumers {

		@Value("${STRIPE_SECRET_KEY}")
		String field;

		@Value("${app.key}")
		String through;

		@Value("#{'${stripe.secret-key}'.length()}")
		int length;

		@Value("${stripe.url}")
		String url;

		@Value("${spring.application.name:none}")
		String other;

		String setter;

		final String constructor;

		final List<SecretsRotatedEvent> events = new ArrayList<>();

		Consumers(String constructor) {
			this.constructor = constructor;
		}

		@Value("${missing:${stripe.secret-key}}")
		void setSetter(String setter) {
			this.setter = setter;
		}

		@EventListener
		void onRotated(SecretsRotatedEvent event) {
			this.events.add(event);
		}

	}

	@ConfigurationProperties("stripe")
	static class Stripe {

		private String secretKey;

		private String other;

		public String getSecretKey() {
			return this.secretKey;
		}

		public void setSecretKey(String secretKey) {
			this.secretKey = secretKey;
		}

		public String getOther() {
			return this.other;
		}

		public void setOther(String other) {
			this.other = other;
		}

	}

	@ConfigurationProperties("stripe")
	record StripeRecord(String secretKey) {
	}

}
