package io.github.secretsboot.follow.rabbit;

import io.github.secretsboot.follow.BackgroundTasks;
import io.github.secretsboot.follow.ClientBeanPostProcessor;
import io.github.secretsboot.follow.ConditionalOnFollower;
import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.CredentialsFinder;
import io.github.secretsboot.follow.Followed;
import io.github.secretsboot.follow.Followers;
import io.github.secretsboot.follow.Technology;

import org.springframework.amqp.rabbit.connection.AbstractConnectionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.amqp.autoconfigure.RabbitConnectionDetails;
import org.springframework.boot.amqp.autoconfigure.RabbitTemplateCustomizer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

/**
 * {@link AutoConfiguration Auto-configuration} for connections to RabbitMQ that follow
 * the rotation of their credentials.
 */
@AutoConfiguration(afterName = "io.github.secretsboot.autoconfigure.SecretsFollowAutoConfiguration")
@ConditionalOnClass({ AbstractConnectionFactory.class, RabbitConnectionDetails.class })
@ConditionalOnFollower(Technology.RABBIT)
public final class RabbitFollowerAutoConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static RabbitConnections secretsRabbitConnections(Followers followers, CredentialsFinder finder,
			ObjectProvider<RabbitConnectionDetails> details) {
		return new RabbitConnections(followers, finder, details);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ClientBeanPostProcessor<AbstractConnectionFactory> secretsRabbitPostProcessor(
			RabbitConnections secretsRabbitConnections) {
		return new ClientBeanPostProcessor<>(AbstractConnectionFactory.class, secretsRabbitConnections::follow);
	}

	@Bean
	RefusedListeners secretsRefusedRabbitListeners(RabbitConnections connections, BackgroundTasks tasks) {
		return new RefusedListeners(connections, tasks);
	}

	/**
	 * Where the application has retries of its own, these see the refusal.
	 */
	@Bean
	@ConditionalOnBooleanProperty(name = "spring.rabbitmq.template.retry.enabled", havingValue = false,
			matchIfMissing = true)
	RabbitTemplateCustomizer secretsRabbitTemplateCustomizer(RabbitConnections connections) {
		return (template) -> {
			Followed<Credentials> followed = connections.of(template.getConnectionFactory());
			if (followed != null) {
				template.setRetryTemplate(new RotationRetries(followed));
			}
		};
	}

}
