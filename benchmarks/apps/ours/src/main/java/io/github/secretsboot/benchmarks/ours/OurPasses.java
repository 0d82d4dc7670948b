package io.github.secretsboot.benchmarks.ours;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.SecretsRotatedEvent;
import io.github.secretsboot.benchmarks.probe.ChangeRecord;
import io.github.secretsboot.benchmarks.probe.Passes;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/**
 * Passes of our engine.
 */
public class OurPasses implements Passes {

	private final Secrets secrets;

	private final ChangeRecord told;

	@Value("${SECRET_9_PASSWORD:}")
	private String early = "";

	@Value("${SECRET_24_PASSWORD:}")
	private String middle = "";

	@Value("${SECRET_39_PASSWORD:}")
	private String late = "";

	/**
	 * Create passes.
	 * @param secrets checks the secrets
	 * @param environment holds the values
	 */
	public OurPasses(Secrets secrets, Environment environment) {
		this.secrets = secrets;
		this.told = new ChangeRecord(environment);
	}

	@Override
	public void run() {
		this.secrets.refresh();
	}

	@EventListener
	void onRotation(SecretsRotatedEvent event) {
		event.changes().forEach((change) -> this.told.add(change.propertyNames()));
	}

	@Override
	public @Nullable String injected(String property) {
		return switch (property) {
			case "SECRET_9_PASSWORD" -> this.early;
			case "SECRET_24_PASSWORD" -> this.middle;
			case "SECRET_39_PASSWORD" -> this.late;
			default -> null;
		};
	}

	@Override
	public @Nullable String told(String property) {
		return this.told.get(property);
	}

}
