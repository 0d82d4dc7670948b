package io.github.secretsboot.inject;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.secretsboot.consumers.SecretConsumer;
import io.github.secretsboot.consumers.SecretConsumer.Mode;
import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.env.SecretsPropertySource.Observation;
import io.github.secretsboot.properties.PropertyIndex;
import io.github.secretsboot.properties.PropertyNames;
import io.github.secretsboot.redact.Lookups;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

/**
 * A member of a bean that {@code @Value} injects into. Which secrets its value is made of
 * is found out by resolving it, when it is first asked for: an application that never
 * rotates a secret does not pay for it.
 */
class ValueConsumer implements Consumer {

	private static final Log logger = LogFactory.getLog(ValueConsumer.class);

	private static final int MAX_ATTEMPTS = 10;

	private final String beanName;

	private final ValueMember member;

	private final Mode mode;

	private final @Nullable Object bean;

	private @Nullable Lookups lookups;

	private @Nullable Object @Nullable [] values;

	/** What looking for the lookups has brought, for the update that comes next. */
	private @Nullable Resolved resolved;

	/**
	 * Create a consumer.
	 * @param beanName the name of the bean
	 * @param member the member
	 * @param mode whether a rotation reaches it
	 * @param bean the bean to update, or {@code null} if the member cannot be updated or
	 * somebody else does
	 */
	ValueConsumer(String beanName, ValueMember member, Mode mode, @Nullable Object bean) {
		this.beanName = beanName;
		this.member = member;
		this.mode = mode;
		this.bean = bean;
	}

	@Override
	public boolean isAffectedBy(PropertyNames changed, InjectionContext context) {
		boolean affected = lookups(context).areAffectedBy(changed, context.properties());
		if (!affected || this.bean == null) {
			this.resolved = null;
		}
		return affected;
	}

	@Override
	public boolean isFrozen() {
		return this.mode == Mode.FROZEN;
	}

	@Override
	public void update(InjectionContext context) {
		if (this.bean == null) {
			return;
		}
		try {
			Resolved last = this.resolved;
			this.resolved = null;
			Resolved current = (last != null && last.index == context.properties()) ? last : resolve(context);
			if (!Arrays.deepEquals(current.values, this.values)) {
				this.member.write(this.bean, current.values);
				this.values = current.values;
			}
		}
		catch (RuntimeException | LinkageError ex) {
			// The class alone: the message of a failed conversion quotes the value
			logger.error("'" + this.member.name() + "' of bean '" + this.beanName + "' keeps its old value, the new one"
					+ " cannot be set: " + ex.getClass().getName());
		}
	}

	/**
	 * Resolve all values of the member from one state of the secrets.
	 */
	private Resolved resolve(InjectionContext context) {
		for (int i = 0; i < MAX_ATTEMPTS; i++) {
			PropertyIndex index = context.properties();
			Set<String> names = new LinkedHashSet<>();
			@Nullable Object[] values;
			try (Observation observation = context.secrets().observe(names::add)) {
				values = this.member.resolve(context.beanFactory(), this.beanName);
			}
			finally {
				this.lookups = Lookups.of(names, index);
			}
			if (index == context.properties()) {
				return new Resolved(index, values);
			}
		}
		throw new IllegalStateException("Secrets change faster than a value can be resolved");
	}

	@Override
	public List<SecretConsumer> describe(InjectionContext context) {
		Set<String> properties = lookups(context).properties();
		this.resolved = null;
		return properties.isEmpty() ? List.of()
				: List.of(new SecretConsumer(this.beanName, this.member.name(), properties, this.mode));
	}

	private Lookups lookups(InjectionContext context) {
		if (this.lookups == null) {
			try {
				this.resolved = resolve(context);
			}
			catch (RuntimeException ex) {
				logger.debug("'" + this.member.name() + "' of bean '" + this.beanName + "' cannot be resolved");
			}
		}
		return (this.lookups != null) ? this.lookups : Lookups.NONE;
	}

	private static final class Resolved {

		private final PropertyIndex index;

		private final @Nullable Object[] values;

		Resolved(PropertyIndex index, @Nullable Object[] values) {
			this.index = index;
			this.values = values;
		}

	}

}
