package io.github.secretsboot.actuate;

import java.math.BigDecimal;
import java.util.Map;

import io.github.secretsboot.actuate.SecretsEndpoint.SecretsDescriptor;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.test.Operation;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what the endpoint says about calls and cost.
 */
class SecretsEndpointCostTests {

	private static final String[] EXPOSED = { "--secrets.sources[0]=a", "--secrets.sources[1]=b",
			"--management.endpoints.web.exposure.include=secrets" };

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@BeforeEach
	void createSecrets() {
		this.server.create("a", "{\"A\":\"canary-1\"}");
		this.server.create("b", "{\"B\":\"canary-1\"}");
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void whenCallsAreMadeThenTheyAreCountedByOperation() {
		try (ConfigurableApplicationContext context = TestApplication.run(this.server, EXPOSED)) {
			context.getBean(SecretsEndpoint.class).refreshSecret("a");
			SecretsDescriptor secrets = context.getBean(SecretsEndpoint.class).secrets();
			assertThat(secrets.calls()).isEqualTo(Map.of("GetSecretValue", 1L, "BatchGetSecretValue", 1L));
			assertThat(this.server.calls(Operation.GET_SECRET_VALUE)).isEqualTo(1);
			assertThat(this.server.calls(Operation.BATCH_GET_SECRET_VALUE)).isEqualTo(1);
		}
	}

	@Test
	void whenApplicationHasJustStartedThenTheCostIsThatOfThePlannedCalls() {
		try (ConfigurableApplicationContext context = TestApplication.run(this.server, EXPOSED)) {
			assertThat(cost(context)).isEqualByComparingTo("0.8432");
		}
	}

	@Test
	void whenBatchesAreDeniedThenEachSecretIsACall() {
		this.server.deny(Operation.BATCH_GET_SECRET_VALUE);
		try (ConfigurableApplicationContext context = TestApplication.run(this.server, EXPOSED)) {
			assertThat(cost(context)).isEqualByComparingTo("0.8864");
		}
	}

	@Test
	void whenPricesAndIntervalAreSetThenTheyCount() {
		try (ConfigurableApplicationContext context = TestApplication.builder()
			.properties("secrets.cost.per-ten-thousand-calls=0.10", "secrets.cost.per-secret=1",
					"secrets.refresh.interval=1m")
			.run(this.server.arguments(EXPOSED))) {
			assertThat(cost(context)).isEqualByComparingTo("2.4320");
		}
	}

	private static BigDecimal cost(ConfigurableApplicationContext context) {
		return context.getBean(SecretsEndpoint.class).secrets().projectedMonthlyCost();
	}

}
