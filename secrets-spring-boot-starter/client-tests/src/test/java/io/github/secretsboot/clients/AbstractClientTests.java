package io.github.secretsboot.clients;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.consumers.SecretConsumer;
import io.github.secretsboot.consumers.SecretConsumer.Mode;
import io.github.secretsboot.consumers.SecretConsumers;
import io.github.secretsboot.holders.BeanRoots;
import io.github.secretsboot.holders.HolderSearch;
import io.github.secretsboot.holders.SearchBudget;
import io.github.secretsboot.holders.SoughtValues;
import io.github.secretsboot.test.SecretsManagerServer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Rotates the credentials that a client has for a real server, the way that a rotation
 * function does, and looks at what happens to those who use the client meanwhile.
 */
abstract class AbstractClientTests {

	static {
		// Clients complain on threads of their own about brokers that are gone
		Awaitility.doNotCatchUncaughtExceptionsByDefault();
	}

	static final int ROTATIONS = Integer.getInteger("rotations", 20);

	private static final int GAP = Integer.getInteger("gap", 150);

	private static final Log logger = LogFactory.getLog(AbstractClientTests.class);

	private static final AtomicInteger passwords = new AtomicInteger();

	final SecretsManagerServer secretsManager = SecretsManagerServer.start();

	final Gateway gateway;

	private String username = "app";

	AbstractClientTests(Gateway gateway) {
		this.gateway = gateway;
	}

	@AfterEach
	void closeSecretsManager() {
		this.gateway.close();
		this.secretsManager.close();
	}

	/**
	 * Create a user of the server, or give one that exists another password.
	 */
	abstract void setPassword(String username, String password) throws Exception;

	/**
	 * Start an application whose secret has the server's credentials.
	 */
	ConfigurableApplicationContext run(Class<?> application, String... arguments) throws Exception {
		return run(application, WebApplicationType.NONE, arguments);
	}

	ConfigurableApplicationContext run(Class<?> application, WebApplicationType type, String... arguments)
			throws Exception {
		this.secretsManager.create("server", newLogin("app"));
		List<String> all = new ArrayList<>(List.of("--secrets.sources[0].name=server",
				"--secrets.sources[0].prefix=login.", "--spring.main.banner-mode=off"));
		all.addAll(List.of(arguments));
		return new SpringApplicationBuilder(application).web(type)
			.run(this.secretsManager.arguments(all.toArray(String[]::new)));
	}

	private Map<String, Object> newLogin(String username) throws Exception {
		String password = "canary-%06d".formatted(passwords.incrementAndGet());
		setPassword(username, password);
		return Map.of("username", username, "password", password);
	}

	/**
	 * One user: the server has the new password before Secrets Manager does, and refuses
	 * the old one in between.
	 */
	void rotatePassword(ConfigurableApplicationContext context) throws Exception {
		Map<String, Object> login = newLogin(this.username);
		pause(GAP);
		this.secretsManager.rotate("server", login);
		context.getBean(Secrets.class).refresh();
	}

	/**
	 * Two users take turns: the other one gets a new password, and then becomes the
	 * current one.
	 */
	void rotateUsers(ConfigurableApplicationContext context) throws Exception {
		this.username = this.username.equals("app") ? "app_clone" : "app";
		this.secretsManager.rotate("server", newLogin(this.username));
		context.getBean(Secrets.class).refresh();
	}

	static Map<String, Object> wrongLogin() {
		return Map.of("username", "app", "password", "canary-mistake");
	}

	/**
	 * Rotate under load, and close all connections after each rotation.
	 * @return refused logins
	 */
	int rotate(String what, ConfigurableApplicationContext context, Load load, Rotation rotation) throws Exception {
		return rotate(what, context, load, rotation, this.gateway::kill);
	}

	/**
	 * Rotate under load where there are no connections between two operations.
	 * @return refused logins
	 */
	int rotateWithoutKilling(String what, ConfigurableApplicationContext context, Load load, Rotation rotation)
			throws Exception {
		return rotate(what, context, load, rotation, () -> {
		});
	}

	int rotate(String what, ConfigurableApplicationContext context, Load load, Rotation rotation, Runnable kill)
			throws Exception {
		int before = this.gateway.refusals();
		int connections = this.gateway.connections();
		for (int i = 0; i < ROTATIONS; i++) {
			load.awaitProgress();
			rotation.rotate(context);
			load.awaitProgress();
			kill.run();
		}
		load.awaitProgress();
		int refused = this.gateway.refusals() - before;
		logger.info(what + ": " + ROTATIONS + " rotations, " + load + ", " + refused + " refused logins, "
				+ (this.gateway.connections() - connections) + " connections opened");
		load.failures().stream().limit(10).forEach((failure) -> logger.info(what + ": " + failure));
		return refused;
	}

	static void pause(long millis) {
		long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
		Awaitility.await().pollInterval(Duration.ofMillis(10)).until(() -> System.nanoTime() >= end);
	}

	/**
	 * A bean is listed as live, and no bean reaches any password but the last one.
	 */
	static void follows(ConfigurableApplicationContext context, String bean, SecretConsumer.Connections connections) {
		isListed(context, bean, connections);
		nobodyHoldsAnOldPassword(context);
	}

	static void isListed(ConfigurableApplicationContext context, String bean, SecretConsumer.Connections connections) {
		assertThat(context.getBean(SecretConsumers.class).list()).filteredOn((consumer) -> consumer.bean().equals(bean))
			.anySatisfy((consumer) -> {
				assertThat(consumer.member()).isEqualTo("credentials");
				assertThat(consumer.mode()).isEqualTo(Mode.LIVE);
				assertThat(consumer.connections()).isEqualTo(connections);
			});
	}

	private static void nobodyHoldsAnOldPassword(ConfigurableApplicationContext context) {
		String last = context.getEnvironment().getRequiredProperty("login.password");
		Map<String, String> former = IntStream.rangeClosed(1, passwords.get())
			.mapToObj("canary-%06d"::formatted)
			.filter((password) -> !password.equals(last))
			.collect(Collectors.toMap((password) -> "former " + password, (password) -> password));
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(new HolderSearch(SearchBudget.DEFAULT)
				.search(BeanRoots.of(context.getBeanFactory()), SoughtValues.of(former, List.of(last)))
				.holders()).isEmpty());
	}

	@FunctionalInterface
	interface Rotation {

		void rotate(ConfigurableApplicationContext context) throws Exception;

	}

}
