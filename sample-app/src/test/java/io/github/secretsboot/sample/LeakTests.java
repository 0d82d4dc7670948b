package io.github.secretsboot.sample;

import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.secretsboot.Rotating;
import io.github.secretsboot.SecretValidator;
import io.github.secretsboot.Secrets;
import io.github.secretsboot.test.Fault;
import io.github.secretsboot.test.SecretsManagerServer;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the sample with everything turned on that shows something, lets go wrong what can
 * go wrong, and searches every byte that comes out of it for values of secrets and for
 * AWS credentials, in many spellings.
 */
class LeakTests {

	private static final String NUMBERS = "leak/numbers";

	private static final String BROKEN = "leak/broken";

	private static final String STRIPE = "leak/stripe";

	private static final String SHAPES = "leak/shapes";

	private final Canaries canaries = new Canaries();

	private final String secretKey = this.canaries.create("aws-secret-key");

	private final String sessionToken = this.canaries.create("aws-session-token");

	private final String size = this.canaries.create("size");

	private final PrintStream out = System.out;

	private final PrintStream err = System.err;

	@TempDir
	private Path directory;

	private LocalServices services;

	private SecretsManagerServer server;

	@BeforeEach
	void startServices() throws Exception {
		for (int i = 1; i < 10; i++) {
			this.canaries.add(LocalServices.key(i));
		}
		this.canaries.add("canary-openai-api-key-0001");
		this.canaries.add("canary-database-0001");
		this.services = LocalServices.start(Clock.systemUTC());
		this.server = this.services.secretsManager();
		this.server.create("leak/nested", Map.of("a", Map.of("b", List.of(this.canaries.create("nested"))), "c.d e",
				this.canaries.create("odd-name")));
		this.server.create("leak/text", this.canaries.create("text"));
		this.server.create("leak/binary", this.canaries.create("binary").getBytes(StandardCharsets.UTF_8));
		this.server.create(NUMBERS, Map.of("LEAK_SIZE", this.size));
		this.server.create(BROKEN, Map.of("LEAK_VALUE", this.canaries.create("value")));
		this.server.create(STRIPE, Map.of("STRIPE_SECRET_KEY", this.canaries.create("wrong-stripe-key")));
		this.server.create(SHAPES,
				Map.of("shapes",
						Map.of("list", List.of(this.canaries.create("first"), this.canaries.create("second")),
								"entries", Map.of("one", this.canaries.create("entry"))),
						"comma-separated", this.canaries.create("third") + "," + this.canaries.create("fourth")));
		System.setOut(stream("stdout"));
		System.setErr(stream("stderr"));
	}

	private PrintStream stream(String name) throws Exception {
		return new PrintStream(new FileOutputStream(this.directory.resolve(name).toFile()), true,
				StandardCharsets.UTF_8);
	}

	@AfterEach
	void stopServices() {
		restore();
		this.services.close();
		// Boot keeps what the last application asked for as system properties
		Stream.of("CONSOLE_LOG_THRESHOLD", "FILE_LOG_THRESHOLD", "LOG_FILE", "LOG_PATH").forEach(System::clearProperty);
	}

	private void restore() {
		System.setOut(this.out);
		System.setErr(this.err);
	}

	@Test
	void whenEverythingIsShownAndEverythingFailsThenNoValueIsFound() throws Exception {
		Map<String, String> shown = new LinkedHashMap<>();
		int answers;
		try (ConfigurableApplicationContext application = run(Everything.class)) {
			Exposure exposure = new Exposure(application.getEnvironment().getProperty("local.server.port"));
			application.addApplicationListener((ApplicationListener<?>) exposure::add);
			charge(exposure);
			answers = exposure.readAll() + exposure.readJmx();
			shown.put("start", exposure.take());
			rotate(exposure);
			charge(exposure);
			shown.put("rotation", exposure.take());
			failRefreshes(exposure);
			answers += exposure.readAll() + exposure.readJmx();
			shown.put("failures", exposure.take());
			application.getBeansOfType(Object.class).values().forEach((bean) -> exposure.add(text(bean)));
			shown.put("beans", exposure.take());
		}
		shown.put("failed starts", failStarts());
		restore();
		CanarySearch search = new CanarySearch(this.canaries);
		shown.forEach(search::search);
		for (String file : new String[] { "stdout", "stderr", "application.log" }) {
			search.search(file, this.directory.resolve(file));
		}
		System.out.printf("Searched %,d bytes (%,d answers of endpoints and MBeans) for %d canaries in %d spellings%n",
				search.bytes(), answers, this.canaries.all().size(), search.spellings());
		assertThat(search.findings()).isEmpty();
		assertThat(search.bytes()).isGreaterThan(10_000_000);
		assertThat(this.canaries.all().size()).isGreaterThan(35);
		assertThat(answers).isGreaterThan(500);
	}

	@Test
	void whenValueIsLeakedOnPurposeThenItIsFound() {
		new SpringApplicationBuilder(Leaky.class).web(WebApplicationType.NONE)
			.run(arguments("--secrets.sources=" + NUMBERS))
			.close();
		restore();
		CanarySearch search = new CanarySearch(this.canaries);
		search.search("stdout", this.directory.resolve("stdout"));
		for (String spelling : Canaries.spellings(this.size).keySet()) {
			assertThat(search.findings()).as(spelling).anyMatch((finding) -> finding.endsWith(", " + spelling));
		}
	}

	private static String text(Object bean) {
		try {
			return bean.toString();
		}
		catch (RuntimeException ex) {
			return Exposure.stackTrace(ex);
		}
	}

	private void charge(Exposure exposure) throws Exception {
		exposure.post("/charges", "{\"amount\":1999,\"currency\":\"eur\"}");
		exposure.get("/status");
	}

	private void rotate(Exposure exposure) throws Exception {
		this.services.rotateKey();
		exposure.post("/actuator/secrets", "");
		this.services.rotateKey();
		exposure.post("/actuator/secrets/myapp/production/api-keys", "");
		this.server.rotate(STRIPE, Map.of("STRIPE_SECRET_KEY", this.canaries.create("second-stripe-key")));
		// To a value that no int holds, and to one that the validator refuses
		this.server.rotate(NUMBERS, Map.of("LEAK_SIZE", this.canaries.create("rotated-size")));
		this.server.rotate("leak/text", this.canaries.create("refused"));
		exposure.post("/actuator/secrets", "");
		exposure.post("/actuator/secrets/no/such/secret", "");
	}

	private void failRefreshes(Exposure exposure) throws Exception {
		this.server.rotate(BROKEN, "{\"LEAK_VALUE\": " + this.canaries.create("malformed"));
		exposure.post("/actuator/secrets", "");
		for (Fault fault : faults()) {
			this.server.rotate(BROKEN, Map.of("LEAK_VALUE", this.canaries.create("fault")));
			this.server.fail(fault);
			exposure.post("/actuator/secrets", "");
			this.server.heal();
		}
		exposure.post("/actuator/secrets", "");
	}

	private static List<Fault> faults() {
		return List.of(Fault.denied(), Fault.throttled(), Fault.internalError(), Fault.decryptionFailure(),
				Fault.expiredToken(), Fault.unrecognizedClient(), Fault.error(418, "Teapot", "short"),
				Fault.dropConnection(), Fault.truncatedBody(), Fault.notJson(), Fault.wrongContentType(),
				Fault.brokenValue(), Fault.denied().on(BROKEN), Fault.denied().on(BROKEN).wholeBatch(), Fault.hang());
	}

	private String failStarts() {
		List<Runnable> arrangements = new ArrayList<>();
		for (Fault fault : List.of(Fault.denied(), Fault.notJson(), Fault.brokenValue(), Fault.truncatedBody(),
				Fault.wrongContentType())) {
			arrangements.add(() -> this.server.fail(fault));
		}
		StringBuilder shown = new StringBuilder();
		arrangements.forEach((arrangement) -> shown.append(failStart(arrangement, Everything.class)));
		shown.append(failStart(this.server::heal, NumberField.class));
		shown.append(failStart(this.server::heal, NumberParameter.class));
		shown.append(failStart(this.server::heal, NumberProperties.class));
		shown.append(failStart(this.server::heal, BrokenExpression.class));
		shown.append(failStart(this.server::heal, NumberElements.class));
		shown.append(failStart(this.server::heal, NumberEntries.class));
		shown.append(failStart(this.server::heal, InvalidShapes.class));
		return shown.toString();
	}

	private String failStart(Runnable arrangement, Class<?> beans) {
		this.server.heal();
		arrangement.run();
		List<String> shown = new ArrayList<>();
		ApplicationListener<ApplicationFailedEvent> listener = (event) -> shown
			.add(Exposure.stackTrace(event.getException()));
		try (ConfigurableApplicationContext application = new SpringApplicationBuilder(beans)
			.web(WebApplicationType.NONE)
			.listeners(listener)
			.run(arguments())) {
			throw new IllegalStateException("should have failed with " + beans);
		}
		catch (RuntimeException ex) {
			assertThat(shown).isNotEmpty();
			return shown + Exposure.stackTrace(ex);
		}
	}

	private ConfigurableApplicationContext run(Class<?> beans) {
		SpringApplication application = new SpringApplication(SampleApplication.class, beans);
		application.addBootstrapRegistryInitializer((registry) -> registry.register(AwsCredentialsProvider.class,
				InstanceSupplier.of(StaticCredentialsProvider
					.create(AwsSessionCredentials.create("fake-access-key", this.secretKey, this.sessionToken)))));
		return application.run(arguments());
	}

	private String[] arguments(String... arguments) {
		Stream<String> sources = Stream
			.of("myapp/production/api-keys", "leak/nested", "leak/text", "leak/binary", NUMBERS, BROKEN, STRIPE, SHAPES)
			.map((name) -> name);
		List<String> all = new ArrayList<>(List.of("--server.port=0", "--logging.level.root=trace",
				"--logging.level.sun.net.www.protocol.http=trace", "--logging.threshold.console=trace",
				"--logging.threshold.file=trace", "--logging.file.name=" + this.directory.resolve("application.log"),
				"--spring.jmx.enabled=true", "--management.endpoints.web.exposure.include=*",
				"--management.endpoints.web.exposure.exclude=logfile", "--management.endpoints.jmx.exposure.include=*",
				"--management.endpoint.env.show-values=always", "--management.endpoint.configprops.show-values=always",
				"--management.endpoint.health.show-details=always", "--secrets.fetch.timeout=5s",
				"--app.derived=key ${stripe.secret-key} and ${text} and ${binary}", "--leak.derived=${leak.value}",
				"--shapes.array=${comma-separated}", "--shapes.properties.key=1,${comma-separated}"));
		if (arguments.length == 0) {
			all.add("--secrets.sources=" + sources.collect(Collectors.joining(",")));
		}
		all.addAll(List.of(arguments));
		return this.services.arguments(all.toArray(String[]::new));
	}

	/**
	 * Consumers of all kinds, some of which say what they should not.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties({ LeakProperties.class, Shapes.class })
	static class Everything {

		@Bean
		Object frozen(@Value("${leak.value}") String value) {
			return new Object();
		}

		@Bean
		SecretValidator validator() {
			return (candidate) -> {
				if (candidate.get("text") != null && candidate.get("text").contains("refused")) {
					throw new IllegalStateException("refused " + candidate.get("text"));
				}
			};
		}

		@Bean
		Rotating<Integer> sizes(Secrets secrets) {
			return secrets.rotating(NUMBERS, Duration.ZERO, (secret) -> {
				if (secret.get("LEAK_SIZE").contains("rotated")) {
					throw new IllegalArgumentException("no size: " + secret.get("LEAK_SIZE"));
				}
				return 1;
			});
		}

		@Bean
		Secrets.Subscription listener(Secrets secrets) {
			return secrets.onRotation(STRIPE, (secret) -> {
				throw new IllegalStateException("cannot use " + secret.get("STRIPE_SECRET_KEY"));
			});
		}

	}

	@ConfigurationProperties("leak")
	static class LeakProperties {

		private String value;

		private String derived;

		private String size;

		public String getValue() {
			return this.value;
		}

		public void setValue(String value) {
			this.value = value;
		}

		public String getDerived() {
			return this.derived;
		}

		public void setDerived(String derived) {
			this.derived = derived;
		}

		public String getSize() {
			return this.size;
		}

		public void setSize(String size) {
			this.size = size;
		}

	}

	@ConfigurationProperties("shapes")
	record Shapes(List<String> list, Map<String, Object> entries, String[] array, Properties properties) {

		@Override
		public String toString() {
			return "Shapes";
		}

	}

	@EnableAutoConfiguration
	@EnableConfigurationProperties(NumberElements.Numbers.class)
	static class NumberElements {

		@ConfigurationProperties("shapes")
		record Numbers(int[] array) {
		}

	}

	@EnableAutoConfiguration
	@EnableConfigurationProperties(NumberEntries.Numbers.class)
	static class NumberEntries {

		@ConfigurationProperties("shapes")
		record Numbers(Map<String, List<Integer>> properties) {
		}

	}

	@EnableAutoConfiguration
	@EnableConfigurationProperties(InvalidShapes.Invalid.class)
	static class InvalidShapes {

		@Validated
		@ConfigurationProperties("shapes")
		record Invalid(@Size(min = 5) List<@Pattern(regexp = "\\d+") String> list,
				@Size(min = 5, message = "${validatedValue}") Map<String, @Pattern(regexp = "\\d+") String> entries,
				@Size(min = 5, message = "${validatedValue[0]}") String[] array) {
		}

	}

	@EnableAutoConfiguration
	static class NumberField {

		@Value("${leak.size}")
		int size;

	}

	@EnableAutoConfiguration
	static class NumberParameter {

		@Bean
		Object consumer(@Value("1,${app.derived}") List<Integer> sizes) {
			return sizes;
		}

	}

	@EnableAutoConfiguration
	@EnableConfigurationProperties(Numbers.class)
	static class NumberProperties {

	}

	@ConfigurationProperties("leak")
	record Numbers(int size, int derived) {
	}

	@EnableAutoConfiguration
	static class BrokenExpression {

		@Value("#{${leak.size} is no expression}")
		String text;

	}

	/**
	 * The mutation: says a value aloud, once in each spelling.
	 */
	@EnableAutoConfiguration
	static class Leaky {

		private static final Logger logger = LoggerFactory.getLogger(Leaky.class);

		Leaky(@Value("${leak.size}") String value) {
			Canaries.spellings(value).values().forEach(logger::trace);
		}

	}

}
