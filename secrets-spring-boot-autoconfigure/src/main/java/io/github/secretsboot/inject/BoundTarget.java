package io.github.secretsboot.inject;

import java.beans.PropertyDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.secretsboot.consumers.SecretConsumer;
import io.github.secretsboot.consumers.SecretConsumer.Mode;
import io.github.secretsboot.properties.PropertyIndex;
import io.github.secretsboot.properties.PropertyNames;
import io.github.secretsboot.redact.BindingFailure;
import io.github.secretsboot.redact.BoundSecrets;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindingPostProcessor;
import org.springframework.boot.context.properties.ConstructorBound;
import org.springframework.boot.context.properties.bind.BindMethod;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * A {@code @ConfigurationProperties} bean. One with setters is bound again in place, by
 * Boot itself, without a reset in between. Before new values are published, another
 * object of its type is bound and validated, so that values which do not fit never reach
 * the bean: code of the application sees them in a constructor, in setters and in
 * validators, of an object that nobody else gets.
 */
class BoundTarget extends InjectionTarget {

	private static final Log logger = LogFactory.getLog(BoundTarget.class);

	private static final Pattern DASHED = Pattern.compile("-(.)");

	private final String prefix;

	private final Class<?> type;

	private final boolean valueObject;

	private final BoundSecrets boundSecrets;

	/**
	 * Create a target.
	 * @param properties the bean as Boot binds it
	 * @param mode whether a rotation reaches it
	 * @param updatable whether it can be updated, and nobody else does
	 * @param recreated whether other beans are made of the same definition later
	 * @param boundSecrets knows what was bound
	 */
	BoundTarget(ConfigurationPropertiesBean properties, Mode mode, boolean updatable, boolean recreated,
			BoundSecrets boundSecrets) {
		super(properties.getName(), mode, updatable ? properties.getInstance() : null, recreated);
		this.prefix = properties.getAnnotation().prefix();
		this.type = properties.asBindTarget().getType().toClass();
		this.valueObject = properties.asBindTarget().getBindMethod() == BindMethod.VALUE_OBJECT;
		this.boundSecrets = boundSecrets;
	}

	@Override
	boolean isAffectedBy(PropertyNames changed, InjectionContext context) {
		PropertyIndex index = context.properties();
		return changed.containsAnyBelow(this.prefix) || this.boundSecrets.lookups(this.prefix, this.type)
			.values()
			.stream()
			.anyMatch((lookups) -> lookups.areAffectedBy(changed, index));
	}

	@Override
	Prepared prepare(InjectionContext context) throws MisfitException {
		Map<ConfigurationPropertyName, Set<String>> lost;
		try {
			lost = context.placeholders().during(() -> bindTrial(context));
		}
		catch (RuntimeException | LinkageError ex) {
			throw misfit(BindingFailure.of(ex));
		}
		if (!lost.isEmpty()) {
			throw misfit(lost);
		}
		Object bean = bean();
		return (bean != null) ? () -> bindAgain(bean, context) : () -> {
		};
	}

	/**
	 * Bind an object that nobody has seen, and validate it.
	 */
	private void bindTrial(InjectionContext context) {
		if (this.valueObject) {
			ConstructorBound.from(context.beanFactory(), beanName(), this.type);
			return;
		}
		Object trial = isResource() ? null : trial(context.beanFactory());
		if (trial != null) {
			binder(context).postProcessBeforeInitialization(trial, beanName());
		}
		else {
			context.placeholders().visit(this.prefix);
		}
	}

	/**
	 * Whether it is made anew in a way of its own, such as a pool, and nobody would close
	 * another one.
	 */
	private boolean isResource() {
		return bean() == null && AutoCloseable.class.isAssignableFrom(this.type);
	}

	private void bindAgain(Object bean, InjectionContext context) {
		try {
			// From one state, and no older one than has been tried
			context.secrets()
				.seeing(context.inUse(), () -> binder(context).postProcessBeforeInitialization(bean, beanName()));
		}
		catch (RuntimeException | LinkageError ex) {
			// The class alone: the message of a failed binding may quote the value
			logger.error("Bean '" + beanName() + "' keeps its old properties, the new ones cannot be bound to '"
					+ this.prefix + "': " + ex.getClass().getName());
		}
	}

	private static ConfigurationPropertiesBindingPostProcessor binder(InjectionContext context) {
		return context.beanFactory().getBean(ConfigurationPropertiesBindingPostProcessor.class);
	}

	private MisfitException misfit(Map<ConfigurationPropertyName, Set<String>> lost) {
		Map.Entry<ConfigurationPropertyName, Set<String>> first = lost.entrySet().iterator().next();
		return new MisfitException(member(first.getKey().toString()),
				"no value for " + String.join(", ", first.getValue()));
	}

	private MisfitException misfit(BindingFailure failure) {
		return new MisfitException(member((failure.name() != null) ? failure.name() : this.prefix), failure.reason());
	}

	private @Nullable Object trial(AutowireCapableBeanFactory beanFactory) {
		try {
			Object trial = beanFactory.autowire(this.type, AutowireCapableBeanFactory.AUTOWIRE_CONSTRUCTOR, false);
			if (bean() != null) {
				copySimpleProperties(bean(), trial);
			}
			return trial;
		}
		catch (BeansException ex) {
			logger.debug("Bean '" + beanName() + "' cannot be copied; only its placeholders are tried");
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
	List<SecretConsumer> describe(InjectionContext context) {
		List<SecretConsumer> consumers = new ArrayList<>();
		this.boundSecrets.lookups(this.prefix, this.type).forEach((name, lookups) -> {
			if (!lookups.properties().isEmpty()) {
				consumers.add(new SecretConsumer(beanName(), member(name), lookups.properties(), mode()));
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
