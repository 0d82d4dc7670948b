package io.github.secretsboot.fetch;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.RefreshResult;
import io.github.secretsboot.SecretFailure;
import io.github.secretsboot.SecretsLoadException;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.refresh.SecretSource;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.test.Fault;
import io.github.secretsboot.test.Operation;
import io.github.secretsboot.test.SecretsManagerServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Each fault, at start and in a pass, with batches and with single reads, with and
 * without the SDK's client: what is reported, in what time, what stays and how it
 * recovers.
 */
class FaultMatrixTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	/** For a machine that has more to do than this test. */
	private static final Duration SLACK = Duration.ofSeconds(2);

	private static final int SECRETS = 3;

	private final SecretsManagerServer server = SecretsManagerServer.start();

	private @Nullable SecretsEngine engine;

	/**
	 * The first call of a JVM loads classes for longer than the budget of these tests.
	 */
	@BeforeAll
	static void warmUp() {
		try (SecretsManagerServer server = SecretsManagerServer.start()) {
			server.create("warm-up", "canary-warm-up");
			for (String client : List.of("auto", "sdk")) {
				try (SecretsEngine engine = HttpEngine.create(properties(server, client),
						new FetchSettings(true, 1, Duration.ofSeconds(30)), HttpEngine.source("warm-up"))) {
					engine.load();
				}
			}
		}
	}

	@AfterEach
	void close() {
		this.server.close();
		if (this.engine != null) {
			this.engine.close();
		}
	}

	static Stream<Arguments> cells() {
		return Stream.of(Trouble.values())
			.flatMap((trouble) -> Stream
				.of("batch", "single", "batch with the SDK's client", "single with the SDK's client")
				.map((mode) -> Arguments.of(trouble, mode)));
	}

	@ParameterizedTest(name = "start, {1}: {0}")
	@MethodSource("cells")
	void whenStartMeetsTroubleThenItFailsInTimeAndSucceedsAfterwards(Trouble trouble, String mode) {
		SecretsEngine engine = create(mode);
		trouble.begin.accept(this.server, "myapp/s1");
		long start = System.nanoTime();
		SecretsLoadException failure = catchThrowableOfType(SecretsLoadException.class, engine::load);
		assertInTime(start);
		assertReasons((failure != null) ? failure.getFailures() : List.of(), trouble);
		trouble.end(this.server);
		engine.load();
		assertValues("canary-old");
	}

	@ParameterizedTest(name = "pass, {1}: {0}")
	@MethodSource("cells")
	void whenPassMeetsTroubleThenLastGoodValuesStayAndItRecovers(Trouble trouble, String mode) {
		SecretsEngine engine = create(mode);
		engine.load();
		IntStream.range(0, SECRETS).forEach((i) -> this.server.rotate("myapp/s" + i, json("canary-new")));
		trouble.begin.accept(this.server, "myapp/s1");
		long start = System.nanoTime();
		RefreshResult result = engine.refresh();
		assertInTime(start);
		assertReasons(result.failures(), trouble);
		List<String> failed = result.failures().stream().map(SecretFailure::secretName).toList();
		for (int i = 0; i < SECRETS; i++) {
			assertThat(value(i)).isEqualTo(failed.contains("myapp/s" + i) ? "canary-old" : "canary-new");
		}
		trouble.end(this.server);
		assertThat(engine.refresh().failures()).isEmpty();
		assertValues("canary-new");
	}

	@ParameterizedTest(name = "application: {0}")
	@EnumSource(names = { "DENIED", "HANGING", "NOT_JSON" })
	void whenApplicationMeetsTroubleThenItDoesNotStartButKeepsRunning(Trouble trouble) {
		IntStream.range(0, SECRETS).forEach((i) -> this.server.create("myapp/s" + i, json("canary-old")));
		String[] arguments = { "--secrets.sources=myapp/s0,myapp/s1,myapp/s2", "--secrets.fetch.timeout=2s" };
		try (ConfigurableApplicationContext context = TestApplication.run(this.server, arguments)) {
			trouble.begin.accept(this.server, "myapp/s1");
			assertReasons(context.getBean(SecretsEngine.class).refresh().failures(), trouble);
			assertThat(context.getEnvironment().getProperty("key")).isEqualTo("canary-old");
			assertReasons(
					catchThrowableOfType(SecretsLoadException.class, () -> TestApplication.run(this.server, arguments))
						.getFailures(),
					trouble);
			trouble.end(this.server);
			assertThat(context.getBean(SecretsEngine.class).refresh().failures()).isEmpty();
		}
	}

	private SecretsEngine create(String mode) {
		IntStream.range(0, SECRETS).forEach((i) -> this.server.create("myapp/s" + i, json("canary-old")));
		this.engine = HttpEngine.create(properties(this.server, mode.endsWith("client") ? "sdk" : "auto"),
				new FetchSettings(mode.startsWith("batch"), 4, TIMEOUT),
				IntStream.range(0, SECRETS)
					.mapToObj((i) -> HttpEngine.source("myapp/s" + i))
					.toArray(SecretSource[]::new));
		return this.engine;
	}

	private static Map<String, String> properties(SecretsManagerServer server, String client) {
		Map<String, String> properties = new HashMap<>(server.springProperties());
		properties.put("secrets.fetch.client", client);
		return properties;
	}

	private static String json(String value) {
		return "{\"key\":\"" + value + "\"}";
	}

	private @Nullable String value(int source) {
		return this.engine.state().sources().get(source).snapshot().get("key");
	}

	private void assertValues(String value) {
		IntStream.range(0, SECRETS).forEach((i) -> assertThat(value(i)).isEqualTo(value));
	}

	private static void assertInTime(long start) {
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.plus(SLACK));
	}

	private static void assertReasons(List<SecretFailure> failures, Trouble trouble) {
		assertThat(failures).hasSize((trouble.reason == null) ? 0 : trouble.onOne ? 1 : SECRETS)
			.allSatisfy((failure) -> assertThat(failure.reason()).isEqualTo(trouble.reason));
		if (trouble.onOne && trouble.reason != null) {
			assertThat(failures).extracting(SecretFailure::secretName).containsExactly("myapp/s1");
		}
	}

	/**
	 * What goes wrong, with all secrets or with one of them.
	 */
	enum Trouble {

		DENIED(Fault.denied(), FailureReason.ACCESS_DENIED),

		ONE_DENIED(true, (server, name) -> server.deny(name), FailureReason.ACCESS_DENIED),

		ENDPOINT_POLICY(true, (server, name) -> server.fail(Fault.denied().on(name).wholeBatch()),
				FailureReason.ACCESS_DENIED),

		DECRYPTION(Fault.decryptionFailure(), FailureReason.DECRYPTION_FAILED),

		THROTTLED(Fault.throttled(), FailureReason.THROTTLED),

		FAILING_ONCE(Fault.internalError().times(1), null),

		INTERNAL_ERROR(Fault.internalError(), FailureReason.SERVICE_ERROR),

		HANGING(Fault.hang(), FailureReason.TIMED_OUT),

		ONE_HANGING(true, (server, name) -> {
			server.deny(Operation.BATCH_GET_SECRET_VALUE);
			server.fail(Fault.hang().on(Operation.GET_SECRET_VALUE).on(name));
		}, FailureReason.TIMED_OUT),

		SLOW(Fault.delay(Duration.ofSeconds(4)), FailureReason.TIMED_OUT),

		DROPPED(Fault.dropConnection(), FailureReason.UNREACHABLE),

		TRUNCATED(Fault.truncatedBody(), FailureReason.UNREACHABLE),

		NOT_JSON(Fault.notJson(), FailureReason.SERVICE_ERROR),

		BROKEN_VALUE(Fault.brokenValue(), FailureReason.MALFORMED),

		WRONG_CONTENT_TYPE(Fault.wrongContentType(), null),

		EXPIRED(Fault.expiredToken(), FailureReason.EXPIRED_CREDENTIALS),

		UNKNOWN_KEY(Fault.unrecognizedClient(), FailureReason.NO_CREDENTIALS),

		MARKED(true, SecretsManagerServer::markForDeletion, FailureReason.MARKED_FOR_DELETION),

		NO_CURRENT_VERSION(true,
				(server, name) -> server.fail(Fault
					.error(400, "ResourceNotFoundException",
							"Secrets Manager can't find the specified secret value for staging label: AWSCURRENT")
					.on(name)),
				FailureReason.NOT_FOUND);

		private final boolean onOne;

		private final BiConsumer<SecretsManagerServer, String> begin;

		private final @Nullable FailureReason reason;

		Trouble(Fault fault, @Nullable FailureReason reason) {
			this(false, (server, name) -> server.fail(fault), reason);
		}

		Trouble(boolean onOne, BiConsumer<SecretsManagerServer, String> begin, @Nullable FailureReason reason) {
			this.onOne = onOne;
			this.begin = begin;
			this.reason = reason;
		}

		void end(SecretsManagerServer server) {
			server.heal();
			if (this == MARKED) {
				server.restore("myapp/s1");
			}
		}

	}

}
