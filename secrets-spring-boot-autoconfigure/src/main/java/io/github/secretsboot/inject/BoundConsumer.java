package io.github.secretsboot.inject;

import java.beans.PropertyDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import io.github.secretsboot.consumers.SecretConsumer;
import io.github.secretsboot.consumers.SecretConsumer.Mode;
import io.github.secretsboot.properties.PropertyIndex;
import io.github.secretsboot.properties.PropertyNames;
import io.github.secretsboot.redact.BoundSecrets;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindingPostProcessor;

/**
 * A {@code @ConfigurationProperties} bean. One with setters is bound again in place, by
 * Boot itself, without a reset in between; a copy is bound and validated first, so that
 * values which do not fit never reach the bean.
 */
class BoundConsumer implements Consumer {

	private static final Log logger = LogFactory.getLog(BoundConsumer.class);

	private static final Pattern DASHED = Pattern.compile("-(.)");

	private final String beanName;

	private final String prefix;

	private final Class<?> type;

	private final Mode mode;

	private final @Nullable Object bean;

	private final BoundSecrets boundSecrets;

	/**
	 * Create a consumer.
	 * @param beanName the name of the bean
	 * @param prefix the prefix that it is bound to
	 * @param type the type that is bound
	 * @param mode whether a rotation reaches it
	 * @param bean the bean to update, or {@code null} if it cannot be updated or somebody
	 * else does
	 * @param boundSecrets knows what was bound
	 */
	BoundConsumer(String beanName, String prefix, Class<?> type, Mode mode, @Nullable Object bean,
			BoundSecrets boundSecrets) {
		this.beanName = beanName;
		this.prefix = prefix;
		this.type = type;
		this.mode = mode;
		this.bean = bean;
		this.boundSecrets = boundSecrets;
	}

	@Override
	public boolean isAffectedBy(PropertyNames changed, InjectionContext context) {
		PropertyIndex index = context.properties();
		return changed.containsAnyBelow(this.prefix) || this.boundSecrets.lookups(this.prefix, this.type)
			.values()
			.stream()
			.anyMatch((lookups) -> lookups.areAffectedBy(changed, index));
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
		ConfigurationPropertiesBindingPostProcessor binder = context.beanFactory()
			.getBean(ConfigurationPropertiesBindingPostProcessor.class);
		try {
			Object copy = copy(this.bean, context.beanFactory());
			if (copy != null) {
				binder.postProcessBeforeInitialization(copy, this.beanName);
			}
			binder.postProcessBeforeInitialization(this.bean, this.beanName);
		}
		catch (RuntimeException | LinkageError ex) {
			// The class alone: the message of a failed binding may quote the value
			logger.error("Bean '" + this.beanName + "' keeps its old properties, the new ones cannot be bound to '"
					+ this.prefix + "': " + ex.getClass().getName());
		}
	}

	private @Nullable Object copy(Object bean, AutowireCapableBeanFactory beanFactory) {
		try {
			Object copy = beanFactory.autowire(this.type, AutowireCapableBeanFactory.AUTOWIRE_CONSTRUCTOR, false);
			copySimpleProperties(bean, copy);
			return copy;
		}
		catch (BeansException ex) {
			logger.debug("Bean '" + this.beanName + "' cannot be copied and is bound without a trial");
			return null;
		}
	}

	/**
	 * What is not bound may have been set by somebody else, and counts when the copy is
	 * validated. Nested objects are left out: the copy must not share them.
	 */
	private static void copySimpleProperties(Object bean, Object copy) {
		BeanWrapper source = new BeanWrapperImpl(bean);
		BeanWrapper target = new BeanWrapperImpl(copy);
		for (PropertyDescriptor property : source.getPropertyDescriptors()) {
			String name = property.getName();
			if (BeanUtils.isSimpleProperty(property.getPropertyType()) && source.isReadableProperty(name)
					&& target.isWritableProperty(name)) {
				target.setPropertyValue(name, source.getPropertyValue(name));
			}
		}
	}

	@Override
	public List<SecretConsumer> describe(InjectionContext context) {
		List<SecretConsumer> consumers = new ArrayList<>();
		this.boundSecrets.lookups(this.prefix, this.type).forEach((name, lookups) -> {
			if (!lookups.properties().isEmpty()) {
				consumers.add(new SecretConsumer(this.beanName, member(name), lookups.properties(), this.mode));
			}
		});
		return consumers;
	}

	/**
	 * The member that a bound name stands for: {@code secretKey} of
	 * {@code stripe.secret-key}.
	 */
	private String member(String name) {
		String path = this.prefix.isEmpty() ? name : name.substring(Math.min(name.length(), this.prefix.length() + 1));
		return DASHED.matcher(path).replaceAll((match) -> match.group(1).toUpperCase(Locale.ROOT));
	}

}
