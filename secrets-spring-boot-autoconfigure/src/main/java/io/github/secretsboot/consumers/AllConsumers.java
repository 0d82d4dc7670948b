package io.github.secretsboot.consumers;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The consumers of all application contexts that share an engine.
 */
public class AllConsumers implements SecretConsumers {

	private final List<SecretConsumers> contexts = new CopyOnWriteArrayList<>();

	/**
	 * Add the consumers of an application context.
	 * @param consumers the consumers
	 */
	public void add(SecretConsumers consumers) {
		this.contexts.add(consumers);
	}

	/**
	 * Forget the consumers of an application context.
	 * @param consumers the consumers
	 */
	public void remove(SecretConsumers consumers) {
		this.contexts.remove(consumers);
	}

	@Override
	public List<SecretConsumer> list() {
		return this.contexts.stream()
			.flatMap((consumers) -> consumers.list().stream())
			.sorted(Comparator.comparing(SecretConsumer::bean).thenComparing(SecretConsumer::member))
			.toList();
	}

	@Override
	public List<SecretConsumer> outdated() {
		return this.contexts.stream().flatMap((consumers) -> consumers.outdated().stream()).toList();
	}

}
