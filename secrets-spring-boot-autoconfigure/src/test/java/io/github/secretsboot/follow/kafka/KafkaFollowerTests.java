package io.github.secretsboot.follow.kafka;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KafkaFollower}; the ones with a broker are in the client tests.
 */
class KafkaFollowerTests {

	@Test
	void whenPrintedThenConfigurationIsNotShown() {
		KafkaFollower follower = new KafkaFollower(Map.of("sasl.jaas.config", "password=\"canary-1\";"),
				(environment) -> null, true);
		assertThat(follower.toString()).doesNotContain("canary");
	}

}
