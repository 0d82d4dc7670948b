package io.github.secretsboot.inject;

import java.util.List;

import io.github.secretsboot.consumers.SecretConsumer;
import io.github.secretsboot.properties.PropertyNames;

/**
 * Something that values are injected into, which may or may not be values of secrets.
 * Used by one thread at a time.
 */
interface Consumer {

	/**
	 * Whether a change of properties concerns what was injected.
	 */
	boolean isAffectedBy(PropertyNames changed, InjectionContext context);

	/**
	 * Whether it keeps its values until the application is started again.
	 */
	boolean isFrozen();

	/**
	 * Inject again, if that can be done. Keeps the old values and says so if the new ones
	 * do not fit.
	 */
	void update(InjectionContext context);

	/**
	 * The places that hold values of secrets; none if no secret is involved.
	 */
	List<SecretConsumer> describe(InjectionContext context);

}
