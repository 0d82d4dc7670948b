package io.github.secretsboot.sample;

import java.net.URI;
import java.time.Clock;
import java.util.HashMap;

import org.apache.commons.logging.Log;
import org.testcontainers.localstack.LocalStackContainer;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Starts the services that {@code sample.services} asks for, {@code in-jvm},
 * {@code localstack} or {@code compose}, and tells the application where they are.
 * Without that property it does nothing.
 * <p>
 * A {@code @ServiceConnection} and Boot's support for Docker Compose do the same for
 * beans. Secrets are part of the environment, which is complete before there are any:
 * whatever serves them has to be up by now. Here, and not in a main method, DevTools has
 * already begun the restart, so that nothing is started twice.
 */
class SampleServicesEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	static final String KIND = "sample.services";

	static final String PORT = "sample.secrets-manager.port";

	static final int DEFAULT_PORT = 4567;

	private static final String BEAN = "sampleServices";

	private static final String IMAGE = "localstack/localstack:4.14.0";

	/** As in {@code compose.yaml}. */
	private static final URI COMPOSE = URI.create("http://localhost:4566");

	private final Log log;

	private final ConfigurableBootstrapContext bootstrapContext;

	SampleServicesEnvironmentPostProcessor(DeferredLogFactory logFactory,
			ConfigurableBootstrapContext bootstrapContext) {
		this.log = logFactory.getLog(LocalServices.class);
		this.bootstrapContext = bootstrapContext;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		String kind = environment.getProperty(KIND);
		if (kind == null) {
			return;
		}
		SampleServices services = start(kind, environment);
		environment.getPropertySources().addFirst(new MapPropertySource(BEAN, new HashMap<>(services.properties())));
		this.bootstrapContext.addCloseListener((event) -> {
			DefaultListableBeanFactory beans = (DefaultListableBeanFactory) event.getApplicationContext()
				.getBeanFactory();
			beans.registerSingleton(BEAN, services);
			beans.registerDisposableBean(BEAN, services::close);
		});
	}

	private SampleServices start(String kind, ConfigurableEnvironment environment) {
		Clock clock = Clock.systemUTC();
		return switch (kind) {
			case "in-jvm" ->
				LocalServices.start(environment.getProperty(PORT, Integer.class, DEFAULT_PORT), clock, this.log);
			case "localstack" -> LocalStackServices.connect(startLocalStack(), clock);
			case "compose" -> LocalStackServices.connect(COMPOSE, clock);
			default -> throw new IllegalArgumentException(
					KIND + " is '" + kind + "', but must be 'in-jvm', 'localstack' or 'compose'");
		};
	}

	/**
	 * The container outlives restarts by DevTools, with all that it holds, and ends with
	 * the JVM.
	 */
	private static URI startLocalStack() {
		LocalStackContainer container = (LocalStackContainer) Restarter.getInstance()
			.getOrAddAttribute("localstack", () -> new LocalStackContainer(IMAGE).withServices("secretsmanager"));
		container.start();
		return container.getEndpoint();
	}

}
