package io.github.secretsboot.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.consumers.SecretConsumer.Connections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Uses a real Redis, with Lettuce and with Jedis, while its passwords rotate.
 */
class RedisTests extends AbstractClientTests {

	private static RedisServer server;

	private static int port;

	RedisTests() {
		super(new Gateway("WRONGPASS").to(port));
	}

	@BeforeAll
	static void start() throws IOException {
		try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
			port = socket.getLocalPort();
		}
		server = new RedisServer(port);
		server.start();
	}

	@AfterAll
	static void stop() {
		try {
			server.stop();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	void setPassword(String username, String password) {
		try (Jedis admin = new Jedis(new HostAndPort("localhost", port), DefaultJedisClientConfig.builder().build())) {
			admin.aclSetUser(username, "on", "resetpass", ">" + password, "~*", "&*", "+@all");
		}
	}

	private ConfigurableApplicationContext run(String client, String... arguments) throws Exception {
		return run(Application.class, Arguments.with(arguments, "--spring.data.redis.client-type=" + client,
				"--spring.data.redis.host=localhost", "--spring.data.redis.port=" + this.gateway.port(),
				"--spring.data.redis.username=${login.username}", "--spring.data.redis.password=${login.password}"));
	}

	private static Load increments(ConfigurableApplicationContext context) {
		StringRedisTemplate template = context.getBean(StringRedisTemplate.class);
		return new Load(8, () -> template.opsForValue().increment("counter"));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whenLettuceAndCredentialsRotateThenNoCommandFails(boolean users) throws Exception {
		try (ConfigurableApplicationContext context = run("lettuce")) {
			Load load = increments(context);
			int refused;
			try (load) {
				refused = rotate("Lettuce, " + (users ? "users" : "password"), context, load,
						users ? this::rotateUsers : this::rotatePassword);
			}
			assertThat(load.failures()).isEmpty();
			assertThat(refused).isZero();
			follows(context, "redisConnectionFactory", Connections.REAUTHENTICATED);
		}
	}

	@Test
	void whenLettuceMustConnectBeforeSecretsManagerFollowsThenCommandsWait() throws Exception {
		try (ConfigurableApplicationContext context = run("lettuce")) {
			Load load = increments(context);
			int refused;
			try (load) {
				refused = rotate("Lettuce, connections closed in the gap", context, load, (running) -> {
					setPassword("app", "canary-gap");
					this.gateway.kill();
					rotatePassword(running);
				});
			}
			assertThat(load.failures()).isEmpty();
			assertThat(refused).isLessThanOrEqualTo(2 * ROTATIONS);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "3", "2" })
	void whenLettuceSubscribesThenMessagesArriveAfterRotations(String protocol) throws Exception {
		try (ConfigurableApplicationContext context = run("lettuce", "--test.protocol=" + protocol)) {
			AtomicInteger received = new AtomicInteger();
			RedisMessageListenerContainer container = new RedisMessageListenerContainer();
			container.setConnectionFactory(context.getBean(RedisConnectionFactory.class));
			container.addMessageListener((message, pattern) -> received.incrementAndGet(), new ChannelTopic("news"));
			container.afterPropertiesSet();
			container.start();
			StringRedisTemplate template = context.getBean(StringRedisTemplate.class);
			for (int i = 0; i < 3; i++) {
				rotateUsers(context);
				this.gateway.kill();
				await().atMost(Duration.ofSeconds(20)).until(() -> template.convertAndSend("news", "x") > 0);
				int before = received.get();
				await().until(() -> template.convertAndSend("news", "x") > 0 && received.get() > before);
			}
			container.destroy();
		}
	}

	@Test
	void whenUrlHasCredentialsThenTheyFollow() throws Exception {
		try (ConfigurableApplicationContext context = run("lettuce", "--spring.data.redis.url="
				+ "redis://${login.username}:${login.password}@localhost:" + this.gateway.port())) {
			StringRedisTemplate template = context.getBean(StringRedisTemplate.class);
			template.opsForValue().increment("counter");
			rotateUsers(context);
			this.gateway.kill();
			await().ignoreExceptions().until(() -> template.opsForValue().increment("counter") > 0);
			follows(context, "redisConnectionFactory", Connections.REAUTHENTICATED);
		}
	}

	/**
	 * Jedis does not connect again: an operation that has a connection fails when the
	 * server closes it, and so does a log-in that is refused.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whenJedisAndCredentialsRotateThenOnlyCommandsOnClosedConnectionsFail(boolean users) throws Exception {
		try (ConfigurableApplicationContext context = run("jedis")) {
			Load load = increments(context);
			int refused;
			try (load) {
				refused = rotate("Jedis, " + (users ? "users" : "password"), context, load,
						users ? this::rotateUsers : this::rotatePassword);
			}
			// A connection that is opened in the gap is refused once
			int inGap = users ? 0 : 8 * ROTATIONS;
			assertThat(refused).isLessThanOrEqualTo(inGap);
			assertThat(load.failures()).filteredOn((failure) -> failure.contains("WRONGPASS"))
				.hasSizeLessThanOrEqualTo(inGap);
			assertThat(load.failures()).filteredOn((failure) -> !failure.contains("WRONGPASS"))
				.hasSizeLessThanOrEqualTo(8 * ROTATIONS);
			follows(context, "redisConnectionFactory", Connections.KEPT);
		}
	}

	@Test
	void whenJedisAndConnectionsLiveOnThenNoCommandFails() throws Exception {
		try (ConfigurableApplicationContext context = run("jedis")) {
			Load load = increments(context);
			try (load) {
				rotateWithoutKilling("Jedis, connections live on", context, load, this::rotatePassword);
			}
			assertThat(load.failures()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void whenNewPasswordIsWrongThenItIsNotUsed(String client) throws Exception {
		try (ConfigurableApplicationContext context = run(client)) {
			context.getBean(StringRedisTemplate.class).opsForValue().increment("counter");
			this.secretsManager.rotate("server", wrongLogin());
			assertThat(context.getBean(Secrets.class).refresh().changes()).isEmpty();
		}
	}

	@Test
	void whenExcludedThenLettuceIsLeftAlone() throws Exception {
		try (ConfigurableApplicationContext context = run("lettuce", "--secrets.follow.exclude=redis")) {
			assertThat(context.getBean(LettuceConnectionFactory.class)
				.getClientConfiguration()
				.getRedisCredentialsProviderFactory()).isEmpty();
		}
	}

	@EnableAutoConfiguration
	static class Application {

		@Bean
		org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer protocol(
				org.springframework.core.env.Environment environment) {
			return (options) -> {
				if ("2".equals(environment.getProperty("test.protocol"))) {
					options.protocolVersion(io.lettuce.core.protocol.ProtocolVersion.RESP2)
						.reauthenticateBehavior(io.lettuce.core.ClientOptions.DEFAULT_REAUTHENTICATE_BEHAVIOUR);
				}
			};
		}

	}

}
