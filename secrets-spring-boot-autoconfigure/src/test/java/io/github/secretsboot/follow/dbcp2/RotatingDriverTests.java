package io.github.secretsboot.follow.dbcp2;

import java.util.Properties;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RotatingDriver}; the ones with a database are in the client tests.
 */
class RotatingDriverTests {

	@Test
	void whenPrintedThenPropertiesAreNotShown() {
		Properties properties = new Properties();
		properties.setProperty("sslpassword", "canary-1");
		assertThat(new RotatingDriver(null, properties).toString()).doesNotContain("canary");
	}

}
