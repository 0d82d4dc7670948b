package io.github.secretsboot.inject;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.secretsboot.consumers.SecretConsumer;
import io.github.secretsboot.consumers.SecretConsumer.Mode;
import io.github.secretsboot.env.SecretsPropertySource.Observation;
import io.github.secretsboot.properties.PropertyIndex;
import io.github.secretsboot.properties.PropertyNames;
import io.github.secretsboot.redact.Lookups;
import io.github.secretsboot.refresh.SecretsState;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedExceptionUtils;

/**
 * A member of a bean that {@code @Value} injects into. Which secrets its value is made of
 * is found out by resolving it, when it is first asked for: an application that never
 * rotates a secret does not pay for it.
 */
class ValueTarget extends InjectionTarget {

	private static final Log logger = LogFactory.getLog(ValueTarget.class);

	private final ValueMember member;

	/** What the values in use are made of, as soon as somebody wants to know. */
	private volatile @Nullable Lookups lookups;

	private @Nullable Object @Nullable [] values;

	/** What looking for the lookups has brought, for whoever prepares next. */
	private @Nullable Resolution resolution;

	/**
	 * Create a target.
	 * @param beanName the name of the bean
	 * @param member the member
	 * @param mode whether a rotation reaches it
	 * @param bean the bean to update, or {@code null} if the member cannot be updated or
	 * somebody else does
	 * @param recreated whether other beans are made of the same definition later
	 */
	ValueTarget(String beanName, ValueMember member, Mode mode, @Nullable Object bean, boolean recreated) {
		super(beanName, mode, bean, recreated);
		this.member = member;
	}

	@Override
	boolean isAffectedBy(PropertyNames changed, InjectionContext context) {
		Lookups known = this.lookups;
		if (known != null) {
			return known.areAffectedBy(changed, context.properties());
		}
		Resolution resolution = resolve(context);
		boolean affected = resolution.lookups.areAffectedBy(changed, context.properties());
		if (!affected) {
			this.lookups = resolution.lookups;
		}
		else if (isFollowing()) {
			this.resolution = resolution;
		}
		return affected;
	}

	@Override
	Prepared prepare(InjectionContext context) throws MisfitException {
		Resolution last = this.resolution;
		this.resolution = null;
		Resolution current = (last != null && last.index == context.properties()) ? last : resolve(context);
		Set<String> lost = context.lost(current.lookups.names());
		if (current.failure != null) {
			throw misfit(lost, current.failure);
		}
		if (!lost.isEmpty()) {
			checkText(context);
		}
		Object bean = bean();
		return (bean != null) ? () -> write(bean, current) : () -> this.lookups = current.lookups;
	}

	private MisfitException misfit(Set<String> lost, Throwable failure) {
		return new MisfitException(this.member.name(),
				lost.isEmpty() ? problem(NestedExceptionUtils.getMostSpecificCause(failure))
						: "no value for " + String.join(", ", lost));
	}

	/** Without its message: that of a failed conversion quotes the value. */
	private static String problem(Throwable cause) {
		return (cause instanceof TypeMismatchException mismatch && mismatch.getRequiredType() != null)
				? "failed to convert to " + mismatch.getRequiredType().getTypeName() : cause.getClass().getName();
	}

	/**
	 * What is not there must not leave its placeholder in place of its value.
	 */
	private void checkText(InjectionContext context) throws MisfitException {
		for (String text : this.member.unresolvedTexts(context.beanFactory())) {
			Set<String> lost = context.placeholders().lost(text);
			if (!lost.isEmpty()) {
				throw new MisfitException(this.member.name(), "no value for " + String.join(", ", lost));
			}
		}
	}

	private void write(Object bean, Resolution resolution) {
		this.lookups = resolution.lookups;
		if (Arrays.deepEquals(resolution.values, this.values)) {
			return;
		}
		try {
			this.member.write(bean, resolution.values);
			this.values = resolution.values;
		}
		catch (RuntimeException | LinkageError ex) {
			// The class alone: its message may quote the value
			logger.error("'" + this.member.name() + "' of bean '" + beanName() + "' keeps its old value, the new one"
					+ " cannot be set: " + ex.getClass().getName());
		}
	}

	/**
	 * Resolve all values of the member from one state of the secrets.
	 */
	private Resolution resolve(InjectionContext context) {
		SecretsState state = context.secrets().state();
		return context.secrets().seeing(state, () -> {
			Set<String> names = new LinkedHashSet<>();
			@Nullable Object[] values = {};
			Throwable failure = null;
			try (Observation observation = context.secrets().observe(names::add)) {
				values = this.member.resolve(context.beanFactory(), beanName());
			}
			catch (RuntimeException | LinkageError ex) {
				failure = ex;
			}
			return new Resolution(state.properties(), Lookups.of(names, state.properties()), values, failure);
		});
	}

	@Override
	List<SecretConsumer> describe(InjectionContext context) {
		Lookups lookups = this.lookups;
		if (lookups == null) {
			lookups = resolve(context).lookups;
			this.lookups = lookups;
		}
		return lookups.properties().isEmpty() ? List.of()
				: List.of(new SecretConsumer(beanName(), this.member.name(), lookups.properties(), mode()));
	}

	/**
	 * What came of resolving all values of the member.
	 */
	private static final class Resolution {

		private final PropertyIndex index;

		private final Lookups lookups;

		private final @Nullable Object[] values;

		private final @Nullable Throwable failure;

		Resolution(PropertyIndex index, Lookups lookups, @Nullable Object[] values, @Nullable Throwable failure) {
			this.index = index;
			this.lookups = lookups;
			this.values = values;
			this.failure = failure;
		}

	}

}
