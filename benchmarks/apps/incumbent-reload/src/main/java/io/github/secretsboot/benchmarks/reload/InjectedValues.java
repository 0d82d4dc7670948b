package io.github.secretsboot.benchmarks.reload;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.context.config.annotation.RefreshScope;

/**
 * Holds values the way Spring Cloud replaces them.
 */
@RefreshScope
public class InjectedValues {

	@Value("${SECRET_9_PASSWORD}")
	private String early = "";

	@Value("${SECRET_24_PASSWORD}")
	private String middle = "";

	@Value("${SECRET_39_PASSWORD}")
	private String late = "";

	@Nullable String get(String property) {
		return switch (property) {
			case "SECRET_9_PASSWORD" -> this.early;
			case "SECRET_24_PASSWORD" -> this.middle;
			case "SECRET_39_PASSWORD" -> this.late;
			default -> null;
		};
	}

}
