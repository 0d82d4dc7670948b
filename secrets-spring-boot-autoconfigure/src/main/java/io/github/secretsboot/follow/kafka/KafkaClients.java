package io.github.secretsboot.follow.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.CredentialsFinder;
import io.github.secretsboot.follow.CredentialsSource;
import io.github.secretsboot.follow.Followed;
import io.github.secretsboot.follow.Followers;
import org.apache.kafka.common.config.SaslConfigs;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.core.env.Environment;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Has clients of Kafka follow the secrets that their credentials are from.
 */
class KafkaClients {

	private static final String JAAS = "spring.kafka.properties.sasl.jaas.config";

	private final Followers followers;

	private final CredentialsFinder finder;

	private final Set<Object> tried = new HashSet<>();

	private final List<Followed<Credentials>> all = new CopyOnWriteArrayList<>();

	KafkaClients(Followers followers, CredentialsFinder finder) {
		this.followers = followers;
		this.finder = finder;
	}

	Collection<Followed<?>> followProducers(String beanName, DefaultKafkaProducerFactory<?, ?> factory) {
		return follow(beanName, factory.getConfigurationProperties(), factory::updateConfigs);
	}

	Collection<Followed<?>> followConsumers(String beanName, DefaultKafkaConsumerFactory<?, ?> factory) {
		return follow(beanName, factory.getConfigurationProperties(), factory::updateConfigs);
	}

	/**
	 * An admin makes a client for each operation, of a configuration that cannot be
	 * changed otherwise.
	 */
	@SuppressWarnings("unchecked")
	Collection<Followed<?>> followAdmin(String beanName, KafkaAdmin admin) {
		Object config = new DirectFieldAccessor(admin).getPropertyValue("configs");
		return (config != null) ? follow(beanName, (Map<String, Object>) config, ((Map<String, Object>) config)::putAll)
				: List.of();
	}

	Collection<Followed<?>> followStreams(String beanName, StreamsBuilderFactoryBean factory) {
		Properties properties = factory.getStreamsConfiguration();
		if (properties == null) {
			return List.of();
		}
		Map<String, Object> config = new HashMap<>();
		properties.forEach((name, value) -> config.put((String) name, value));
		return follow(beanName, config, properties::putAll);
	}

	/**
	 * Have clients follow that will be made of a configuration. It then has no
	 * credentials, and a callback handler that knows them.
	 */
	private Collection<Followed<?>> follow(String beanName, Map<String, Object> config,
			Consumer<Map<String, Object>> update) {
		Optional<Credentials> credentials = SaslCredentials.of(config);
		boolean ownHandler = config.containsKey(SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS);
		if (credentials.isEmpty() || ownHandler) {
			return List.of();
		}
		Optional<CredentialsSource> source = this.finder.find(beanName, credentials.get(), KafkaClients::configured);
		if (source.isEmpty()) {
			return List.of();
		}
		String jaas = SaslCredentials.withoutCredentials(String.valueOf(SaslCredentials.jaas(config)));
		Map<String, Object> other = new HashMap<>(config);
		other.put(SaslConfigs.SASL_JAAS_CONFIG, jaas);
		boolean trial = this.tried.add(String.valueOf(config.get("bootstrap.servers")));
		Followed<Credentials> followed = this.followers.follow(beanName, new KafkaFollower(other, source.get(), trial));
		update.accept(Map.of(SaslConfigs.SASL_JAAS_CONFIG, jaas, RotatingCallbackHandler.CREDENTIALS, followed,
				SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS, RotatingCallbackHandler.class));
		this.all.add(followed);
		return List.of(followed);
	}

	/**
	 * A broker has refused somebody.
	 */
	void refused() {
		this.all.forEach((followed) -> followed.refused(followed.get()));
	}

	private static @Nullable Credentials configured(Environment environment) {
		return SaslCredentials.parse(environment.getProperty(JAAS));
	}

}
