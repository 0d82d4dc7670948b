package io.github.secretsboot.follow.kafka;

import java.time.Duration;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationListener;
import org.springframework.kafka.config.AbstractKafkaListenerContainerFactory;
import org.springframework.kafka.event.ConsumerRetryAuthEvent;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;

/**
 * Has listener containers try again when a broker refuses their credentials, which
 * otherwise stops them for good, and has the secrets checked meanwhile.
 */
class SurvivingListeners implements BeanPostProcessor, ApplicationListener<ConsumerRetryAuthEvent> {

	private static final Duration RETRY_INTERVAL = Duration.ofSeconds(2);

	private final KafkaClients clients;

	SurvivingListeners(KafkaClients clients) {
		this.clients = clients;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof AbstractKafkaListenerContainerFactory<?, ?, ?> factory) {
			survive(factory.getContainerProperties());
		}
		else if (bean instanceof AbstractMessageListenerContainer<?, ?> container) {
			survive(container.getContainerProperties());
		}
		return bean;
	}

	private static void survive(ContainerProperties properties) {
		if (properties.getAuthExceptionRetryInterval() == null) {
			properties.setAuthExceptionRetryInterval(RETRY_INTERVAL);
		}
	}

	@Override
	public void onApplicationEvent(ConsumerRetryAuthEvent event) {
		this.clients.refused();
	}

}
