package io.github.secretsboot.inject;

import java.util.List;

import io.github.secretsboot.consumers.SecretConsumer;
import io.github.secretsboot.consumers.SecretConsumer.Mode;
import io.github.secretsboot.properties.PropertyNames;
import org.jspecify.annotations.Nullable;

/**
 * Something that values are injected into, which may or may not be values of secrets. A
 * pass prepares while others ask; only one thread at a time commits.
 */
abstract class InjectionTarget {

	private final String beanName;

	private final Mode mode;

	private final @Nullable Object bean;

	private final boolean recreated;

	/**
	 * Create a target.
	 * @param beanName the name of the bean
	 * @param mode whether a rotation reaches it
	 * @param bean the bean to update, or {@code null} if it cannot be updated or somebody
	 * else does
	 * @param recreated whether other beans are made of the same definition later
	 */
	InjectionTarget(String beanName, Mode mode, @Nullable Object bean, boolean recreated) {
		this.beanName = beanName;
		this.mode = mode;
		this.bean = bean;
		this.recreated = recreated;
	}

	final String beanName() {
		return this.beanName;
	}

	final Mode mode() {
		return this.mode;
	}

	final @Nullable Object bean() {
		return this.bean;
	}

	/**
	 * Whether a change of properties concerns what was injected.
	 */
	abstract boolean isAffectedBy(PropertyNames changed, InjectionContext context);

	/**
	 * Whether it keeps its values until the application is started again.
	 */
	final boolean isFrozen() {
		return this.mode == Mode.FROZEN;
	}

	/**
	 * Whether somebody gets new values: what was injected into before, or another object
	 * that is made later.
	 */
	final boolean isFollowing() {
		return this.bean != null || this.recreated;
	}

	/**
	 * Get everything ready for injecting the values that the current thread sees. Nobody
	 * notices until it is committed.
	 * @throws MisfitException if the values do not fit
	 */
	abstract Prepared prepare(InjectionContext context) throws MisfitException;

	/**
	 * The places that hold values of secrets; none if no secret is involved.
	 */
	abstract List<SecretConsumer> describe(InjectionContext context);

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
