package io.github.secretsboot.env;

import java.util.List;

import io.github.secretsboot.refresh.SecretSource;
import io.github.secretsboot.refresh.SourceState;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.ParentContextApplicationContextInitializer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Finds the secrets of the parent of an application context, so that a child with the
 * same sources, or none, shares them and nothing is loaded or checked twice.
 */
final class ParentSecrets {

	private ParentSecrets() {
	}

	static @Nullable SecretsPropertySource find(SpringApplication application, List<SecretSource> sources) {
		ApplicationContext parent = parent(application);
		SecretsPropertySource secrets = (parent != null)
				? parent.getBeanProvider(SecretsPropertySource.class).getIfAvailable() : null;
		if (secrets == null || sources.isEmpty()) {
			return secrets;
		}
		List<SecretSource> shared = secrets.getSource().state().sources().stream().map(SourceState::source).toList();
		return shared.equals(sources) ? secrets : null;
	}

	private static @Nullable ApplicationContext parent(SpringApplication application) {
		for (ApplicationContextInitializer<?> initializer : application.getInitializers()) {
			if (initializer instanceof ParentContextApplicationContextInitializer parentInitializer) {
				// It does not tell the parent, but it sets it
				GenericApplicationContext probe = new GenericApplicationContext();
				parentInitializer.initialize(probe);
				return probe.getParent();
			}
		}
		return null;
	}

}
