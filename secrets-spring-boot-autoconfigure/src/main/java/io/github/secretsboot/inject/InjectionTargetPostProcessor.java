package io.github.secretsboot.inject;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import io.github.secretsboot.consumers.SecretConsumer.Mode;
import io.github.secretsboot.redact.BoundSecrets;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.PropertyValues;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.InstantiationAwareBeanPostProcessor;
import org.springframework.beans.factory.support.MergedBeanDefinitionPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.boot.context.properties.bind.BindMethod;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Registers what is injected into each bean as it is created.
 */
class InjectionTargetPostProcessor
		implements MergedBeanDefinitionPostProcessor, InstantiationAwareBeanPostProcessor, PriorityOrdered {

	/** The scope of Spring Cloud whose beans are created anew after a change. */
	private static final String REFRESH_SCOPE = "refresh";

	private final ApplicationContext applicationContext;

	private final InjectionTargets registry;

	private final BoundSecrets boundSecrets;

	private final Map<String, Candidate> candidates = new ConcurrentHashMap<>();

	InjectionTargetPostProcessor(ApplicationContext applicationContext, InjectionTargets registry,
			BoundSecrets boundSecrets) {
		this.applicationContext = applicationContext;
		this.registry = registry;
		this.boundSecrets = boundSecrets;
	}

	@Override
	public int getOrder() {
		// Before any proxy is made of the bean
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void postProcessMergedBeanDefinition(RootBeanDefinition definition, Class<?> beanType, String beanName) {
		List<ValueMember> members = ValueMemberScanner.scan(beanType, definition.getResolvedFactoryMethod());
		// A factory bean has made its object by the time that a secret rotates
		this.candidates.put(beanName,
				new Candidate(members, definition.isSingleton() && !FactoryBean.class.isAssignableFrom(beanType),
						!definition.isSingleton(), REFRESH_SCOPE.equals(definition.getScope())));
	}

	@Override
	public @Nullable PropertyValues postProcessProperties(PropertyValues values, Object bean, String beanName) {
		// Before it is injected into, so that no rotation is missed
		registerMembers(bean, beanName);
		return values;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		if (bean.getClass().isRecord()) {
			// Spring does not inject into records, and leaves out the method above
			registerMembers(bean, beanName);
		}
		return bean;
	}

	private void registerMembers(Object bean, String beanName) {
		Candidate candidate = this.candidates.get(beanName);
		if (candidate != null) {
			for (ValueMember member : candidate.members) {
				boolean live = member.isWritable() && candidate.updatable;
				this.registry.register(beanName + "#" + member.name(),
						new ValueTarget(beanName, member, (live || candidate.refreshed) ? Mode.LIVE : Mode.FROZEN,
								live ? bean : null, candidate.recreated));
			}
		}
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		Candidate candidate = this.candidates.get(beanName);
		if (candidate != null) {
			ConfigurationPropertiesBean properties = ConfigurationPropertiesBean.get(this.applicationContext, bean,
					beanName);
			if (properties != null) {
				register(properties, candidate, beanName);
			}
		}
		return bean;
	}

	private void register(ConfigurationPropertiesBean properties, Candidate candidate, String beanName) {
		// Setters would give a pool a user name and a password that do not belong
		// together
		boolean live = candidate.updatable && properties.asBindTarget().getBindMethod() != BindMethod.VALUE_OBJECT
				&& !(properties.getInstance() instanceof DataSource);
		this.registry.register(beanName, new BoundTarget(properties,
				(live || candidate.refreshed) ? Mode.LIVE : Mode.FROZEN, live, candidate.recreated, this.boundSecrets));
	}

	@Override
	public void resetBeanDefinition(String beanName) {
		this.candidates.remove(beanName);
	}

	/**
	 * What is known of a definition.
	 *
	 * @param members what is injected into
	 * @param updatable whether its bean can be updated
	 * @param recreated whether several beans are made of it, now and later
	 * @param refreshed whether a rotation has its bean made anew
	 */
	private record Candidate(List<ValueMember> members, boolean updatable, boolean recreated, boolean refreshed) {
	}

}
