package io.github.secretsboot.fetch.aws;

import java.util.Map;

import io.github.secretsboot.env.SystemProperties;
import org.junit.jupiter.api.Test;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests who reads a secret, as AWS is told.
 */
class ApplicationIdTests {

	private final MockEnvironment environment = new MockEnvironment().withProperty("spring.application.name",
			" my app/checkout\n");

	@Test
	void whenApplicationHasANameThenItIsItsId() {
		assertThat(ApplicationId.of(this.environment)).isEqualTo("my-app-checkout");
		assertThat(ApplicationId.userAgent("my-app-checkout")).startsWith("secrets-spring-boot")
			.endsWith(" app/my-app-checkout");
	}

	@Test
	void whenApplicationHasNoNameThenThereIsNoId() {
		assertThat(ApplicationId.of(new MockEnvironment())).isNull();
		assertThat(ApplicationId.userAgent(null)).doesNotContain("app/");
	}

	@Test
	void whenSdkKnowsIdAndEnvironmentThenTheyAreInTheUserAgent() {
		try (SystemProperties properties = new SystemProperties(
				Map.of("sdk.ua.appId", "set by\r\nX-Forged: 1", "aws.executionEnvironment", "AWS_ECS_FARGATE"))) {
			assertThat(ApplicationId.userAgent("my-app")).endsWith(" exec-env/AWS_ECS_FARGATE app/set-by-X-Forged-1");
		}
	}

}
