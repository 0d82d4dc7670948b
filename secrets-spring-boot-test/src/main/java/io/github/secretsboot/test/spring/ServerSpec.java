package io.github.secretsboot.test.spring;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.secretsboot.test.SecretsManagerServer;
import org.jspecify.annotations.Nullable;

import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * What a test class wants of its server. Part of the context cache's key, which Spring
 * logs, so its {@code toString} shows no value.
 *
 * @param region the region
 * @param secrets names and texts
 */
record ServerSpec(String region, Map<String, String> secrets) {

	static @Nullable ServerSpec of(Class<?> testClass) {
		WithSecretsManager annotation = TestContextAnnotationUtils.findMergedAnnotation(testClass,
				WithSecretsManager.class);
		if (annotation == null) {
			return null;
		}
		Map<String, String> secrets = new LinkedHashMap<>();
		for (Secret secret : annotation.secrets()) {
			if (secrets.putIfAbsent(secret.name(), secret.value()) != null) {
				throw new IllegalStateException("@WithSecretsManager of %s has secret '%s' twice"
					.formatted(testClass.getName(), secret.name()));
			}
		}
		return new ServerSpec(annotation.region(), secrets);
	}

	SecretsManagerServer start() {
		SecretsManagerServer server = SecretsManagerServer.builder().region(this.region).start();
		this.secrets.forEach(server::create);
		return server;
	}

	@Override
	public String toString() {
		return "ServerSpec[region=%s, secrets=%s]".formatted(this.region, this.secrets.keySet());
	}

}
