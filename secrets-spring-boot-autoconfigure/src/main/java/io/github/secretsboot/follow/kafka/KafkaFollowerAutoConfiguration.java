package io.github.secretsboot.follow.kafka;

import io.github.secretsboot.follow.ClientBeanPostProcessor;
import io.github.secretsboot.follow.ConditionalOnFollower;
import io.github.secretsboot.follow.CredentialsFinder;
import io.github.secretsboot.follow.Followers;
import io.github.secretsboot.follow.Technology;
import org.apache.kafka.streams.StreamsBuilder;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * {@link AutoConfiguration Auto-configuration} for clients of Kafka that follow the
 * rotation of their credentials.
 */
@AutoConfiguration(afterName = "io.github.secretsboot.autoconfigure.SecretsFollowAutoConfiguration")
@ConditionalOnClass(KafkaAdmin.class)
@ConditionalOnFollower(Technology.KAFKA)
public final class KafkaFollowerAutoConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static KafkaClients secretsKafkaClients(Followers followers, CredentialsFinder finder) {
		return new KafkaClients(followers, finder);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static SurvivingListeners secretsSurvivingKafkaListeners(KafkaClients clients) {
		return new SurvivingListeners(clients);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	@SuppressWarnings("rawtypes")
	static ClientBeanPostProcessor<DefaultKafkaProducerFactory> secretsKafkaProducers(KafkaClients clients) {
		return new ClientBeanPostProcessor<>(DefaultKafkaProducerFactory.class, clients::followProducers);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	@SuppressWarnings("rawtypes")
	static ClientBeanPostProcessor<DefaultKafkaConsumerFactory> secretsKafkaConsumers(KafkaClients clients) {
		return new ClientBeanPostProcessor<>(DefaultKafkaConsumerFactory.class, clients::followConsumers);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ClientBeanPostProcessor<KafkaAdmin> secretsKafkaAdmins(KafkaClients clients) {
		return new ClientBeanPostProcessor<>(KafkaAdmin.class, clients::followAdmin);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(StreamsBuilder.class)
	static class Streams {

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static ClientBeanPostProcessor<StreamsBuilderFactoryBean> secretsKafkaStreams(KafkaClients clients) {
			return new ClientBeanPostProcessor<>(StreamsBuilderFactoryBean.class, clients::followStreams);
		}

	}

}
