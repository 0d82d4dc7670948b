package io.github.secretsboot.benchmarks.reload;

import io.awspring.cloud.autoconfigure.config.reload.PollingAwsPropertySourceChangeDetector;
import io.github.secretsboot.benchmarks.probe.ChangeRecord;
import io.github.secretsboot.benchmarks.probe.Passes;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/**
 * Polls of Spring Cloud AWS.
 */
class ReloadPasses implements Passes {

	private final PollingAwsPropertySourceChangeDetector<?> detector;

	private final InjectedValues injected;

	private final ChangeRecord told;

	ReloadPasses(PollingAwsPropertySourceChangeDetector<?> detector, InjectedValues injected, Environment environment) {
		this.detector = detector;
		this.injected = injected;
		this.told = new ChangeRecord(environment);
	}

	@Override
	public void run() {
		this.detector.executeCycle();
	}

	@EventListener
	void onChange(EnvironmentChangeEvent event) {
		this.told.add(event.getKeys());
	}

	@Override
	public @Nullable String injected(String property) {
		return this.injected.get(property);
	}

	@Override
	public @Nullable String told(String property) {
		return this.told.get(property);
	}

}
