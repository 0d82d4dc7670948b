package io.github.secretsboot.refresh;

import java.util.List;

import io.github.secretsboot.properties.PropertyNames;

/**
 * Tries what a pass is about to publish on those who would get it, before anybody sees
 * it. Called by one pass at a time, on its thread.
 */
@FunctionalInterface
public interface ConsumerTrial {

	/**
	 * Get everything ready that follows from new values. Nobody notices.
	 * @param candidate the state that may be published
	 * @param changed the properties that are others in it
	 * @return what came of it
	 */
	Outcome run(SecretsState candidate, PropertyNames changed);

	/**
	 * What came of a trial.
	 *
	 * @param misfits what would break; nothing is published then
	 * @param publication called when the state has been published, before any listener is
	 */
	record Outcome(List<Misfit> misfits, Runnable publication) {
	}

}
