package io.github.secretsboot.fetch.aws;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.SecretsLoadException;
import io.github.secretsboot.actuate.SecretsEndpoint;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.fetch.FetchSettings;
import io.github.secretsboot.fetch.HttpEngine;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.test.Fault;
import io.github.secretsboot.test.SecretsManagerServer;
import org.apache.commons.logging.Log;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.startsWith;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;

/**
 * Tests with a primary region and a region of replicas.
 */
class FailoverTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(4);

	private final Log log = Mockito.mock(Log.class);

	private SecretsManagerServer primary = SecretsManagerServer.start();

	private final SecretsManagerServer replica = SecretsManagerServer.builder()
		.region("eu-west-1")
		.join(this.primary)
		.start();

	private final DefaultBootstrapContext bootstrapContext = new DefaultBootstrapContext();

	private SecretsEngine engine;

	/**
	 * The first read of a JVM takes longer than a region that is not out may.
	 */
	@BeforeAll
	static void warmUp() {
		try (SecretsManagerServer server = SecretsManagerServer.start()) {
			server.create("myapp/key", "canary-0");
			SecretsEngine engine = HttpEngine.create(server.springProperties(), new DefaultBootstrapContext(),
					new FetchSettings(true, 4, Duration.ofMinutes(1), List.of()), Mockito.mock(Log.class),
					HttpEngine.source("myapp/key"));
			engine.load();
			engine.close();
		}
	}

	@BeforeEach
	void createSecretAndEngine() {
		this.primary.create("myapp/key", "canary-1");
		this.primary.replicate("myapp/key", "eu-west-1");
		this.bootstrapContext.register(RegionEndpoints.class, InstanceSupplier.of(this::endpoint));
		this.engine = HttpEngine.create(properties(), this.bootstrapContext,
				new FetchSettings(true, 4, TIMEOUT, List.of("us-east-1", "eu-west-1")), this.log,
				HttpEngine.source("myapp/key"));
	}

	@AfterEach
	void close() {
		this.engine.close();
		this.primary.close();
		this.replica.close();
	}

	@Test
	void whenPrimaryIsDownAtStartThenReplicaIsRead() {
		this.primary.close();
		this.engine.load();
		assertServedBy("canary-1", "eu-west-1");
		assertThat(this.replica.requests()).allMatch((request) -> "eu-west-1".equals(request.region()));
		then(this.log).should().warn(startsWith("Secrets are read from eu-west-1, because us-east-1 is out"));
	}

	@Test
	void whenPrimaryGoesDownThenReplicaIsFollowedWithoutFalseRotationAndPrimaryIsReturnedTo() {
		this.engine.load();
		int port = this.primary.endpoint().getPort();
		this.primary.close();
		assertThat(this.engine.refresh()).satisfies((result) -> {
			assertThat(result.changes()).isEmpty();
			assertThat(result.failures()).isEmpty();
		});
		assertServedBy("canary-1", "eu-west-1");
		this.primary = SecretsManagerServer.builder().port(port).join(this.replica).start();
		this.primary.rotate("myapp/key", "canary-2");
		this.primary.fail(Fault.hang());
		assertThat(this.engine.refresh().changes()).hasSize(1);
		assertServedBy("canary-2", "eu-west-1");
		then(this.log).should(times(1)).warn(contains("is out"));
		this.primary.heal();
		assertThat(this.engine.refresh().changes()).isEmpty();
		assertServedBy("canary-2", "us-east-1");
		then(this.log).should(times(1)).info("Secrets are read from us-east-1 again");
	}

	@Test
	void whenPrimaryHangsThenReplicaIsReadInTimeAndTheOutageIsRemembered() {
		this.engine.load();
		this.primary.fail(Fault.hang());
		this.replica.resetCalls();
		assertThat(elapsed(() -> this.engine.refresh())).isLessThan(TIMEOUT);
		assertServedBy("canary-1", "eu-west-1");
		assertThat(elapsed(() -> this.engine.refresh())).as("a short probe").isLessThan(TIMEOUT.dividedBy(3));
		assertThat(this.replica.calls()).isEqualTo(2);
	}

	@Test
	void whenPrimaryThrottlesOrFailsThenReplicaIsRead() {
		this.engine.load();
		for (Fault fault : List.of(Fault.throttled(), Fault.internalError(), Fault.notJson())) {
			this.primary.fail(fault);
			assertThat(this.engine.refresh().failures()).isEmpty();
			assertServedBy("canary-1", "eu-west-1");
			this.primary.heal();
			assertThat(this.engine.refresh().failures()).isEmpty();
			assertServedBy("canary-1", "us-east-1");
		}
	}

	@Test
	void whenPrimaryDeniesThenThatIsTheAnswer() {
		this.primary.fail(Fault.denied());
		assertFails(FailureReason.ACCESS_DENIED);
		this.primary.heal();
		this.replica.promote("myapp/key");
		this.primary.delete("myapp/key");
		assertFails(FailureReason.NOT_FOUND);
		this.primary.fail(Fault.expiredToken());
		assertFails(FailureReason.EXPIRED_CREDENTIALS);
		assertThat(this.replica.calls()).isZero();
		then(this.log).should(never()).warn(contains("is out"));
	}

	@Test
	void whenThereIsNoReplicaThenTheOutageIsReported() {
		this.primary.close();
		this.replica.promote("myapp/key");
		this.replica.delete("myapp/key");
		assertThatExceptionOfType(SecretsLoadException.class).isThrownBy(this.engine::load)
			.satisfies((ex) -> assertThat(ex.getFailures()).singleElement().satisfies((failure) -> {
				assertThat(failure.reason()).isEqualTo(FailureReason.UNREACHABLE);
				assertThat(failure.detail()).endsWith("; replica in eu-west-1: not found");
			}));
	}

	@Test
	void whenApplicationFailsOverThenEndpointSaysSo() {
		this.primary.close();
		try (ConfigurableApplicationContext context = TestApplication.builder()
			.web(WebApplicationType.SERVLET)
			.addBootstrapRegistryInitializer(
					(registry) -> registry.register(RegionEndpoints.class, InstanceSupplier.of(this::endpoint)))
			.properties(Map.copyOf(properties()))
			.run("--secrets.sources=myapp/key", "--secrets.fetch.failover-regions=eu-west-1", "--server.port=0",
					"--management.endpoints.web.exposure.include=secrets")) {
			assertThat(context.getBean(SecretsEndpoint.class).secrets().sources()).singleElement()
				.satisfies((source) -> {
					assertThat(source.region()).isEqualTo("eu-west-1");
					assertThat(source.state()).isEqualTo("current");
				});
			assertThat(context.getEnvironment().getProperty("key")).isEqualTo("canary-1");
		}
	}

	private URI endpoint(String region) {
		return "eu-west-1".equals(region) ? this.replica.endpoint() : this.primary.endpoint();
	}

	private Map<String, String> properties() {
		Map<String, String> properties = this.primary.springProperties();
		properties.remove("spring.cloud.aws.endpoint");
		return properties;
	}

	private void assertFails(FailureReason reason) {
		assertThatExceptionOfType(SecretsLoadException.class).isThrownBy(this.engine::load)
			.satisfies((ex) -> assertThat(ex.getFailures()).singleElement()
				.satisfies((failure) -> assertThat(failure.reason()).isEqualTo(reason)));
	}

	private void assertServedBy(String value, String region) {
		var snapshot = this.engine.state().sources().get(0).snapshot();
		assertThat(snapshot.get("key")).isEqualTo(value);
		assertThat(snapshot.version().region()).isEqualTo(region);
	}

	private static Duration elapsed(Runnable task) {
		long start = System.nanoTime();
		task.run();
		return Duration.ofNanos(System.nanoTime() - start);
	}

}
