package io.github.secretsboot.follow.redis;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

import io.github.secretsboot.follow.ConditionalOnFollower;
import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.CredentialsFinder;
import io.github.secretsboot.follow.Followed;
import io.github.secretsboot.follow.Followers;
import io.github.secretsboot.follow.Technology;
import io.lettuce.core.ClientOptions.ReauthenticateBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.data.redis.autoconfigure.JedisClientConfigurationBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientConfigurationBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration.JedisClientConfigurationBuilder;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.util.ReflectionUtils;

/**
 * {@link AutoConfiguration Auto-configuration} for connections to Redis that follow the
 * rotation of their credentials. The application's own customizers come last.
 */
@AutoConfiguration(afterName = "io.github.secretsboot.autoconfigure.SecretsFollowAutoConfiguration")
@ConditionalOnClass(LettuceClientConfigurationBuilderCustomizer.class)
@ConditionalOnFollower(Technology.REDIS)
public final class RedisFollowerAutoConfiguration {

	private static final int FIRST = -100;

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ RedisClient.class, LettuceConnectionFactory.class })
	static class Lettuce {

		@Bean
		@Order(FIRST)
		LettuceClientConfigurationBuilderCustomizer secretsLettuceCredentialsCustomizer(Followers followers,
				CredentialsFinder finder, ObjectProvider<LettuceConnectionFactory> factory,
				ObjectProvider<ClientResources> resources) {
			return (builder) -> builder
				.redisCredentialsProviderFactory(new LettuceCredentialsFactory(followers, finder, factory, resources));
		}

		@Bean
		@Order(FIRST)
		LettuceClientOptionsBuilderCustomizer secretsLettuceOptionsCustomizer() {
			return (options) -> {
				// Connections that subscribe cannot be told with the old protocol
				if (options.build().getConfiguredProtocolVersion() != ProtocolVersion.RESP2) {
					options.reauthenticateBehavior(ReauthenticateBehavior.ON_NEW_CREDENTIALS);
				}
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Jedis.class, JedisConnectionFactory.class })
	static class JedisConfiguration {

		@Bean
		@Order(FIRST)
		JedisClientConfigurationBuilderCustomizer secretsJedisCredentialsCustomizer(Followers followers,
				CredentialsFinder finder, ObjectProvider<JedisConnectionFactory> factory) {
			return (builder) -> customize(builder, (config) -> follow(config, followers, finder, factory));
		}

		/**
		 * Spring Data Redis has the method since 4.1; before that, Jedis does not follow.
		 */
		private static void customize(Object builder, Consumer<DefaultJedisClientConfig.Builder> customizer) {
			for (Method method : JedisClientConfigurationBuilder.class.getMethods()) {
				if (method.getName().equals("customizeClientConfig")) {
					Class<?> type = method.getParameterTypes()[0];
					Object callback = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
							(proxy, called, arguments) -> {
								customizer.accept((DefaultJedisClientConfig.Builder) arguments[0]);
								return null;
							});
					ReflectionUtils.invokeMethod(method, builder, callback);
				}
			}
		}

		private static void follow(DefaultJedisClientConfig.Builder config, Followers followers,
				CredentialsFinder finder, ObjectProvider<JedisConnectionFactory> factory) {
			JedisClientConfig configured = config.build();
			if (configured.getPassword() != null) {
				RedisSettings.find(finder, configured.getUser(), configured.getPassword()).ifPresent((source) -> {
					Followed<Credentials> followed = followers.follow(RedisSettings.BEAN_NAME,
							new JedisFollower(configured, source, factory));
					config.credentialsProvider(() -> JedisFollower.of(followed.get()));
				});
			}
		}

	}

}
