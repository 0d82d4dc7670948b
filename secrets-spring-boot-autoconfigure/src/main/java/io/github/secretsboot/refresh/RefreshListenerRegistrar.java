package io.github.secretsboot.refresh;

import java.util.List;

import io.github.secretsboot.SecretValidator;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Connects the listeners and validators of an application context with the engine for as
 * long as the context lives.
 */
public class RefreshListenerRegistrar implements SmartInitializingSingleton, DisposableBean {

	private final SecretsEngine engine;

	private final ObjectProvider<RefreshListener> listenerBeans;

	private final ObjectProvider<SecretValidator> validatorBeans;

	private List<RefreshListener> listeners = List.of();

	private List<SecretValidator> validators = List.of();

	/**
	 * Create a registrar.
	 * @param engine the engine
	 * @param listeners the listeners
	 * @param validators the validators
	 */
	public RefreshListenerRegistrar(SecretsEngine engine, ObjectProvider<RefreshListener> listeners,
			ObjectProvider<SecretValidator> validators) {
		this.engine = engine;
		this.listenerBeans = listeners;
		this.validatorBeans = validators;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.listeners = this.listenerBeans.orderedStream().toList();
		this.validators = this.validatorBeans.orderedStream().toList();
		this.listeners.forEach(this.engine::addListener);
		this.validators.forEach(this.engine::addValidator);
	}

	@Override
	public void destroy() {
		this.listeners.forEach(this.engine::removeListener);
		this.validators.forEach(this.engine::removeValidator);
	}

}
