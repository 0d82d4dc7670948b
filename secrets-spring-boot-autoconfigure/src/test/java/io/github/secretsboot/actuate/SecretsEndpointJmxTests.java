package io.github.secretsboot.actuate;

import java.lang.management.ManagementFactory;
import java.util.Map;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the endpoint over JMX.
 */
class SecretsEndpointJmxTests {

	private static final String NAME = "myapp/api-keys";

	private final MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();

	@Test
	void whenJmxIsEnabledThenSecretsCanBeReadAndChecked() throws Exception {
		ObjectName endpoint = new ObjectName("secrets.test:type=Endpoint,name=Secrets");
		try (SecretsManagerServer server = SecretsManagerServer.start()) {
			server.create(NAME, Map.of("STRIPE_SECRET_KEY", "canary-1"));
			try (ConfigurableApplicationContext context = TestApplication.run(server, "--secrets.sources=" + NAME,
					"--spring.jmx.enabled=true", "--spring.jmx.default-domain=secrets.test",
					"--management.endpoints.jmx.exposure.include=secrets")) {
				assertThat(this.jmx.invoke(endpoint, "secrets", new Object[0], new String[0])).asString()
					.contains(NAME)
					.doesNotContain("canary");
				server.rotate(NAME, Map.of("STRIPE_SECRET_KEY", "canary-2"));
				assertThat(invoke(endpoint, "refreshSecret", NAME)).asString()
					.contains("STRIPE_SECRET_KEY")
					.doesNotContain("canary");
				assertThat(context.getEnvironment().getProperty("stripe.secret-key")).isEqualTo("canary-2");
				server.rotate(NAME, Map.of("STRIPE_SECRET_KEY", "canary-3"));
				assertThat(this.jmx.invoke(endpoint, "refreshSecrets", new Object[0], new String[0])).asString()
					.contains("STRIPE_SECRET_KEY");
				assertThat(context.getEnvironment().getProperty("stripe.secret-key")).isEqualTo("canary-3");
			}
		}
		assertThat(this.jmx.isRegistered(endpoint)).isFalse();
	}

	private Object invoke(ObjectName endpoint, String operation, String argument) throws Exception {
		return this.jmx.invoke(endpoint, operation, new Object[] { argument }, new String[] { String.class.getName() });
	}

}
