package io.github.secretsboot.inject;

import java.util.List;

import io.github.secretsboot.consumers.SecretConsumer;
import io.github.secretsboot.properties.PropertyNames;

/**
 * Something that values are injected into, which may or may not be values of secrets. A
 * pass prepares while others ask; only one thread at a time commits.
 */
interface InjectionTarget {

	/**
	 * The name of the bean.
	 */
	String beanName();

	/**
	 * Whether a change of properties concerns what was injected.
	 */
	boolean isAffectedBy(PropertyNames changed, InjectionContext context);

	/**
	 * Whether it keeps its values until the application is started again.
	 */
	boolean isFrozen();

	/**
	 * Whether somebody gets new values: what was injected into before, or another object
	 * that is made later.
	 */
	boolean isFollowing();

	/**
	 * Get everything ready for injecting the values that the current thread sees. Nobody
	 * notices until it is committed.
	 * @throws MisfitException if the values do not fit
	 */
	Prepared prepare(InjectionContext context) throws MisfitException;

	/**
	 * The places that hold values of secrets; none if no secret is involved.
	 */
	List<SecretConsumer> describe(InjectionContext context);

	/**
	 * Values that fit, on their way to those who get them.
	 */
	@FunctionalInterface
	interface Prepared {

		/**
		 * Hand them over. Only code of the application can refuse them now, which is
		 * logged.
		 */
		void commit();

	}

}
