package io.github.secretsboot.context;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import io.github.secretsboot.SecretValidator;
import io.github.secretsboot.consumers.SecretConsumers;
import io.github.secretsboot.refresh.ConsumerTrial;
import io.github.secretsboot.refresh.RefreshListener;
import io.github.secretsboot.refresh.SecretsEngine;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Connects the listeners, validators and consumers of an application context with the
 * engine for as long as the context lives. Those of its parent are the parent's business,
 * so that nobody is connected twice, or disconnected too early.
 */
public class RefreshListenerRegistrar implements SmartInitializingSingleton, DisposableBean {

	private final SecretsEngine engine;

	private final ListableBeanFactory beanFactory;

	private final ObjectProvider<RefreshListener> listenerBeans;

	private final ObjectProvider<SecretValidator> validatorBeans;

	private List<RefreshListener> listeners = List.of();

	private List<SecretValidator> validators = List.of();

	private List<SecretConsumers> consumers = List.of();

	private List<ConsumerTrial> trials = List.of();

	/**
	 * Create a registrar.
	 * @param engine the engine
	 * @param beanFactory the bean factory of the context
	 * @param listeners the listeners, in order
	 * @param validators the validators, in order
	 */
	public RefreshListenerRegistrar(SecretsEngine engine, ListableBeanFactory beanFactory,
			ObjectProvider<RefreshListener> listeners, ObjectProvider<SecretValidator> validators) {
		this.engine = engine;
		this.beanFactory = beanFactory;
		this.listenerBeans = listeners;
		this.validatorBeans = validators;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.listeners = own(this.listenerBeans, RefreshListener.class);
		this.validators = own(this.validatorBeans, SecretValidator.class);
		this.listeners.forEach(this.engine::addListener);
		this.validators.forEach(this.engine::addValidator);
		this.consumers = List.copyOf(this.beanFactory.getBeansOfType(SecretConsumers.class).values());
		this.consumers.forEach(this.engine::addConsumers);
		this.trials = List.copyOf(this.beanFactory.getBeansOfType(ConsumerTrial.class).values());
		this.trials.forEach(this.engine::addTrial);
	}

	private <T> List<T> own(ObjectProvider<T> beans, Class<T> type) {
		Set<T> own = Collections.newSetFromMap(new IdentityHashMap<>());
		own.addAll(this.beanFactory.getBeansOfType(type).values());
		return beans.orderedStream().filter(own::contains).toList();
	}

	@Override
	public void destroy() {
		this.listeners.forEach(this.engine::removeListener);
		this.validators.forEach(this.engine::removeValidator);
		this.consumers.forEach(this.engine::removeConsumers);
		this.trials.forEach(this.engine::removeTrial);
	}

}
