package io.github.secretsboot.test.spring;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Keeps what environment post-processors see.
 */
class CopyingEnvironmentPostProcessor implements EnvironmentPostProcessor {

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (environment.getProperty("test.fail-early") != null) {
			throw new IllegalStateException("Failed early");
		}
		String endpoint = environment.getProperty("spring.cloud.aws.endpoint", "none");
		environment.getPropertySources().addLast(new MapPropertySource("copy", Map.of("endpoint-seen", endpoint)));
	}

}
