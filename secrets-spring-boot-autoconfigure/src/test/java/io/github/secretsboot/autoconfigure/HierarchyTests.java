package io.github.secretsboot.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.zaxxer.hikari.HikariDataSource;
import io.github.secretsboot.Secrets;
import io.github.secretsboot.SecretsRotatedEvent;
import io.github.secretsboot.actuate.SecretsEndpoint;
import io.github.secretsboot.actuate.SecretsEndpoint.ConsumerDescriptor;
import io.github.secretsboot.context.RefreshScheduler;
import io.github.secretsboot.env.SecretsThreads;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.test.SecretsManagerServer;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests every shape of a hierarchy of application contexts: the context whose start
 * loaded the secrets owns the engine, and those below it share it.
 */
class HierarchyTests {

	private static final HttpClient http = HttpClient.newHttpClient();

	private final SecretsManagerServer server = SecretsManagerServer.start();

	private final SpringApplicationBuilder parent = builder(Parent.class);

	private final SecretsThreads threads = new SecretsThreads();

	@BeforeEach
	void createSecrets() {
		this.server.create("shared", Map.of("KEY", "canary-1"));
		this.server.create("own", Map.of("KEY", "canary-own"));
	}

	@AfterEach
	void close() {
		if (this.parent.context() != null) {
			this.parent.context().close();
		}
		awaitSchedulers(0);
		this.server.close();
	}

	@Test
	void whenParentHasNoAutoConfigurationThenRotationsArriveInBothOnSchedule() {
		ConfigurableApplicationContext child = run(child().sources(TestApplication.class),
				"--secrets.refresh.interval=1s");
		assertThat(schedulers()).isOne();
		this.server.rotate("shared", Map.of("KEY", "canary-2"));
		await().atMost(Duration.ofSeconds(10)).until(() -> "canary-2".equals(value(child)));
		await().atMost(Duration.ofSeconds(10)).until(() -> "canary-2".equals(value(this.parent.context())));
	}

	@Test
	void whenParentHasNoAutoConfigurationThenItOwnsTheEngine() {
		ConfigurableApplicationContext child = run(child().sources(TestApplication.class));
		assertThat(this.server.calls()).isOne();
		assertThat(this.parent.context().getBeansOfType(SecretsEngine.class)).hasSize(1);
		assertThat(child.getBeansOfType(SecretsEngine.class)).isEmpty();
		assertThat(child.getBean(Secrets.class)).isSameAs(this.parent.context().getBean(Secrets.class));
		child.close();
		assertThat(schedulers()).isOne();
		assertThat(rotate(this.parent.context(), "canary-2")).isEqualTo("canary-2");
		this.parent.context().close();
		awaitSchedulers(0);
	}

	@Test
	void whenParentHasNoAutoConfigurationThenItsPoolsFollow() {
		this.parent.sources(Pool.class);
		ConfigurableApplicationContext child = run(child());
		rotate(child, "canary-2");
		assertThat(this.parent.context().getBean(HikariDataSource.class).getCredentials().getPassword())
			.isEqualTo("canary-2");
	}

	@Test
	void whenContextsShareSecretsThenEachIsToldOnceAndAllConsumersAreListed() {
		ConfigurableApplicationContext child = run(child().sources(TestApplication.class));
		rotate(child, "canary-2");
		assertThat(child.getBean(ChildHolder.class).rotations).hasSize(1);
		assertThat(this.parent.context().getBean(ParentHolder.class).rotations).hasSize(1);
		assertThat(child.getBean(SecretsEndpoint.class).secrets().consumers()).extracting(ConsumerDescriptor::bean)
			.containsExactly("childHolder", "parentHolder");
		assertThat(child.getBean(MeterRegistry.class).get("secrets.rotations").counter().count()).isOne();
	}

	@Test
	void whenBothHaveAutoConfigurationThenEachIsToldOnceAndNothingIsCountedTwice() {
		this.parent.sources(TestApplication.class);
		ConfigurableApplicationContext child = run(child().sources(TestApplication.class));
		rotate(child, "canary-2");
		assertThat(child.getBean(ChildHolder.class).rotations).hasSize(1);
		assertThat(this.parent.context().getBean(ParentHolder.class).rotations).hasSize(1);
		assertThat(child.getBean(MeterRegistry.class).get("secrets.rotations").counter().count()).isOne();
		assertThat(refreshes(child)).isEqualTo(1);
		assertThat(schedulers()).isOne();
	}

	@Test
	void whenSiblingsShareAParentThenOneClosesAndTheOtherGoesOn() {
		ConfigurableApplicationContext child = run(child().sources(TestApplication.class));
		ConfigurableApplicationContext sibling = run(
				builder(Child.class, TestApplication.class).parent(this.parent.context()));
		assertThat(this.server.calls()).isOne();
		assertThat(schedulers()).isOne();
		assertThat(rotate(child, "canary-2")).isEqualTo("canary-2");
		assertThat(value(sibling)).isEqualTo("canary-2");
		assertThat(refreshes(sibling)).isEqualTo(1);
		sibling.close();
		assertThat(rotate(child, "canary-3")).isEqualTo("canary-3");
		assertThat(sibling.getBeanFactory().getSingletonNames()).isEmpty();
		assertThat(refreshes(child)).isEqualTo(2);
	}

	@Test
	void whenThereIsAGrandchildThenItSharesTheEngineToo() {
		SpringApplicationBuilder child = child();
		ConfigurableApplicationContext grandchild = run(
				child.child(Child.class).web(WebApplicationType.NONE).bannerMode(Banner.Mode.OFF));
		assertThat(this.server.calls()).isOne();
		assertThat(schedulers()).isOne();
		assertThat(rotate(grandchild, "canary-2")).isEqualTo("canary-2");
		assertThat(value(child.context())).isEqualTo("canary-2");
		assertThat(value(this.parent.context())).isEqualTo("canary-2");
	}

	@Test
	void whenChildIsAWebApplicationThenItsEndpointRefreshesAll() throws Exception {
		ConfigurableApplicationContext child = run(
				child().sources(TestApplication.class).web(WebApplicationType.SERVLET), "--server.port=0");
		this.server.rotate("shared", Map.of("KEY", "canary-2"));
		assertThat(post(child, "local.server.port")).contains("\"changed\":[{\"name\":\"shared\"");
		assertThat(value(child)).isEqualTo("canary-2");
		assertThat(value(this.parent.context())).isEqualTo("canary-2");
	}

	@Test
	void whenManagementHasAContextOfItsOwnThenRotationsArriveThereToo() throws Exception {
		this.parent.sources(TestApplication.class, ManagementHolders.class).web(WebApplicationType.SERVLET);
		ConfigurableApplicationContext context = run(this.parent, "--server.port=0", "--management.server.port=0");
		Holder holder = context.getBean(ManagementHolders.class).list.get(0);
		assertThat(holder.key).isEqualTo("canary-1");
		this.server.rotate("shared", Map.of("KEY", "canary-2"));
		assertThat(post(context, "local.management.port")).contains("\"changed\":[{\"name\":\"shared\"");
		assertThat(holder.key).isEqualTo("canary-2");
		assertThat(holder.rotations).hasSize(1);
		assertThat(schedulers()).isOne();
		assertThat(this.server.calls()).isEqualTo(2);
	}

	@Test
	void whenChildHasNoSourcesThenItSharesThoseOfItsParent() {
		run(this.parent);
		ConfigurableApplicationContext child = builder(Child.class, TestApplication.class).parent(this.parent.context())
			.run();
		assertThat(value(child)).isEqualTo("canary-1");
		assertThat(rotate(child, "canary-2")).isEqualTo("canary-2");
		assertThat(schedulers()).isOne();
	}

	@Test
	void whenChildHasNoSourcesAndItsParentIsSetLateThenItSharesThoseOfItsParent() {
		run(this.parent);
		ConfigurableApplicationContext child = builder(Child.class)
			.initializers((context) -> context.setParent(this.parent.context()))
			.run();
		assertThat(rotate(child, "canary-2")).isEqualTo("canary-2");
	}

	@Test
	void whenChildHasOtherSourcesThenItOwnsAnotherEngine() {
		this.parent.sources(TestApplication.class);
		run(this.parent);
		ConfigurableApplicationContext child = run(
				builder(Child.class, TestApplication.class).parent(this.parent.context()), "--secrets.sources=own");
		assertThat(value(child)).isEqualTo("canary-own");
		assertThat(schedulers()).isEqualTo(2);
		this.server.rotate("own", Map.of("KEY", "canary-own-2"));
		assertThat(child.getBean(Secrets.class).refresh().changes()).hasSize(1);
		assertThat(value(child)).isEqualTo("canary-own-2");
		assertThat(child.getBean(SecretsEndpoint.class).secrets().sources()).singleElement()
			.satisfies((source) -> assertThat(source.name()).isEqualTo("own"));
		assertThat(rotate(this.parent.context(), "canary-2")).isEqualTo("canary-2");
		assertThat(value(child)).isEqualTo("canary-own-2");
		child.close();
		awaitSchedulers(1);
	}

	@Test
	void whenOnlyTheChildHasSourcesThenItOwnsTheEngine() {
		this.parent.sources(TestApplication.class).properties("KEY=none").run();
		ConfigurableApplicationContext child = run(
				builder(Child.class, TestApplication.class).parent(this.parent.context()));
		assertThat(rotate(child, "canary-2")).isEqualTo("canary-2");
		child.close();
		awaitSchedulers(0);
	}

	@Test
	void whenChildDoesNotStartThenItsParentGoesOn() {
		run(this.parent);
		assertThatException().isThrownBy(() -> run(builder(Child.class, Failing.class).parent(this.parent.context())));
		assertThatException()
			.isThrownBy(() -> run(builder(Child.class).parent(this.parent.context()), "--secrets.sources=missing"));
		assertThat(schedulers()).isOne();
		assertThat(rotate(this.parent.context(), "canary-2")).isEqualTo("canary-2");
	}

	@Test
	void whenOwnerDoesNotStartThenItsEngineIsClosed() {
		SecretsManagerClient client = mock(SecretsManagerClient.class, delegatesTo(client()));
		assertThatException().isThrownBy(() -> run(builder(Failing.class).addBootstrapRegistryInitializer(
				(registry) -> registry.register(SecretsManagerClient.class, InstanceSupplier.of(client)))));
		then(client).should().close();
	}

	private SecretsManagerClient client() {
		return SecretsManagerClient.builder()
			.endpointOverride(this.server.endpoint())
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("fake", "fake")))
			.build();
	}

	/** A builder without auto-configuration. */
	private static SpringApplicationBuilder builder(Class<?>... sources) {
		return new SpringApplicationBuilder(sources).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.registerShutdownHook(false);
	}

	private SpringApplicationBuilder child() {
		return this.parent.child(Child.class).web(WebApplicationType.NONE).bannerMode(Banner.Mode.OFF);
	}

	private ConfigurableApplicationContext run(SpringApplicationBuilder builder, String... arguments) {
		return builder.properties("secrets.sources=shared", "management.endpoints.web.exposure.include=secrets")
			.run(this.server.arguments(arguments));
	}

	private String rotate(ConfigurableApplicationContext context, String value) {
		this.server.rotate("shared", Map.of("KEY", value));
		assertThat(context.getBean(Secrets.class).refresh().changes()).hasSize(1);
		return value(context);
	}

	private static long refreshes(ConfigurableApplicationContext context) {
		return context.getBean(MeterRegistry.class).get("secrets.refresh").tag("outcome", "success").timer().count();
	}

	private static String value(ConfigurableApplicationContext context) {
		return context.getBeanFactory().getBean(Holder.class).key;
	}

	private static String post(ConfigurableApplicationContext context, String port)
			throws IOException, InterruptedException {
		URI uri = URI.create("http://localhost:" + context.getEnvironment().getProperty(port) + "/actuator/secrets");
		return http.send(HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString())
			.body();
	}

	private int schedulers() {
		return this.threads.schedulers().size();
	}

	private void awaitSchedulers(int count) {
		await().atMost(Duration.ofSeconds(10)).until(() -> schedulers() == count);
	}

	@Configuration(proxyBeanMethods = false)
	static class Parent {

		@Bean
		ParentHolder parentHolder() {
			return new ParentHolder();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Child {

		@Bean
		ChildHolder childHolder() {
			return new ChildHolder();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Pool {

		@Bean
		HikariDataSource pool(@Value("${key}") String password) {
			HikariDataSource pool = new HikariDataSource();
			pool.setJdbcUrl("jdbc:none:db");
			pool.setUsername("app");
			pool.setPassword(password);
			return pool;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Failing {

		@Bean
		String failing() {
			throw new IllegalStateException("On purpose");
		}

	}

	static class Holder {

		final List<SecretsRotatedEvent> rotations = new CopyOnWriteArrayList<>();

		@Value("${key}")
		volatile String key;

		@EventListener
		void onRotated(SecretsRotatedEvent event) {
			this.rotations.add(event);
		}

	}

	static class ParentHolder extends Holder {

	}

	static class ChildHolder extends Holder {

	}

	static class ManagementHolders {

		final List<Holder> list = new CopyOnWriteArrayList<>();

	}

	/**
	 * Found by way of {@code ManagementContextConfiguration.imports}, as such
	 * configurations are.
	 */
	@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
	@ConditionalOnBean(ManagementHolders.class)
	static class ManagementContext {

		@Bean
		Holder managementHolder(ManagementHolders holders) {
			Holder holder = new Holder();
			holders.list.add(holder);
			return holder;
		}

	}

}
