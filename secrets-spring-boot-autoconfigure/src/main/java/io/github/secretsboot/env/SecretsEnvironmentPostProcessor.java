package io.github.secretsboot.env;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import io.github.secretsboot.RefreshLimitException;
import io.github.secretsboot.SecretsLoadException;
import io.github.secretsboot.fetch.SecretFetcher;
import io.github.secretsboot.fetch.aws.SecretsManagerClientSource;
import io.github.secretsboot.fetch.aws.SecretsManagerReader;
import io.github.secretsboot.fetch.aws.direct.DirectClient;
import io.github.secretsboot.refresh.RefreshLimit;
import io.github.secretsboot.refresh.RefreshSchedule;
import io.github.secretsboot.refresh.SecretSource;
import io.github.secretsboot.refresh.SecretsEngine;
import org.apache.commons.logging.Log;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.StringUtils;

/**
 * Loads the secrets that {@code secrets.sources} lists, right after the config files, and
 * puts them into the environment directly below the system environment. The engine that
 * loaded them becomes a bean of the application context, which owns it, so that nothing
 * is fetched twice.
 */
class SecretsEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	static final int ORDER = ConfigDataEnvironmentPostProcessor.ORDER + 1;

	private static final String AOT_PROCESSING = "spring.aot.processing";

	private final ConfigurableBootstrapContext bootstrapContext;

	private final Log log;

	private final Log engineLog;

	SecretsEnvironmentPostProcessor(DeferredLogFactory logFactory, ConfigurableBootstrapContext bootstrapContext) {
		this.bootstrapContext = bootstrapContext;
		this.log = logFactory.getLog(SecretsEnvironmentPostProcessor.class);
		this.engineLog = logFactory.getLog(SecretsEngine.class);
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		SecretsPropertySource live = SecretsBehindConfigFiles.reveal(environment);
		if (live != null) {
			// Spring Cloud's ContextRefresher runs all post-processors again
			refresh(live);
			return;
		}
		SecretsInTests.turnOffUnlessAskedFor(environment, this.log);
		if (environment.getProperty(SecretsProperties.ENABLED, Boolean.class, true)) {
			ConfigurationProblems problems = new ConfigurationProblems(environment);
			SecretsProperties properties = new PropertiesBinder(environment, problems).bind();
			properties.validate(problems);
			List<SecretSource> sources = new SourceExpander(environment, properties, problems).expand();
			problems.throwIfAny();
			SecretsPropertySource parent = ParentSecrets.find(application, sources);
			if (parent != null) {
				add(parent, environment);
			}
			else {
				load(environment, properties, sources);
			}
		}
	}

	private void load(ConfigurableEnvironment environment, SecretsProperties properties, List<SecretSource> sources) {
		SecretsManagerClientSource clients = new SecretsManagerClientSource(environment, this.bootstrapContext);
		SecretsEngine engine = engine(sources, properties, clients);
		SecretsPropertySource propertySource = new SecretsPropertySource(engine);
		if (!sources.isEmpty()) {
			clients.bindSettings();
			BinaryConverters.addTo(environment.getConversionService());
			RevealingLoggers.quiet(environment);
			if (PreflightOption.isGiven(environment)) {
				loadWhatCanBeLoaded(engine);
			}
			else {
				load(engine);
			}
			add(propertySource, environment);
			ShadowWarnings shadowWarnings = new ShadowWarnings(environment, propertySource, this.log);
			shadowWarnings.warn();
			engine.addListener(shadowWarnings);
			PlaceholderWarnings placeholderWarnings = new PlaceholderWarnings(engine, this.log);
			placeholderWarnings.warn();
			engine.addListener(placeholderWarnings);
		}
		this.bootstrapContext.addCloseListener((event) -> {
			ConfigurableListableBeanFactory beans = event.getApplicationContext().getBeanFactory();
			if (!sources.isEmpty()) {
				register(beans, engine);
				register(beans, propertySource);
				register(beans, clients);
			}
			else if (beans.getBeanProvider(SecretsEngine.class).getIfAvailable() == null) {
				register(beans, engine);
			}
		});
	}

	private SecretsEngine engine(List<SecretSource> sources, SecretsProperties properties,
			SecretsManagerClientSource clients) {
		SecretsManagerReader reader = (properties.getFetch().getClient() == SecretsProperties.Client.AUTO)
				? DirectClient.reader(clients) : new SecretsManagerReader(clients);
		SecretFetcher fetcher = new SecretFetcher(reader, properties.getFetch().settings(), this.engineLog);
		SecretsProperties.Refresh refresh = properties.getRefresh();
		RefreshSchedule schedule = new RefreshSchedule(refresh.isEnabled(), refresh.getInterval(), refresh.getJitter(),
				() -> ThreadLocalRandom.current().nextDouble());
		Clock clock = clock();
		RefreshLimit limit = new RefreshLimit(refresh.getRequestsPerHour(), clock);
		return new SecretsEngine(sources, fetcher, schedule, limit, clock, this.engineLog);
	}

	private void refresh(SecretsPropertySource live) {
		try {
			live.refreshWithContext();
		}
		catch (RefreshLimitException ex) {
			this.log.warn(ex.getMessage());
		}
	}

	private Clock clock() {
		Clock clock = this.bootstrapContext.getOrElse(Clock.class, null);
		return (clock != null) ? clock : Clock.systemUTC();
	}

	private void loadWhatCanBeLoaded(SecretsEngine engine) {
		try {
			engine.load();
		}
		catch (SecretsLoadException ex) {
			// The engine knows what failed, and the report says so
			return;
		}
	}

	private void load(SecretsEngine engine) {
		if (Boolean.getBoolean(AOT_PROCESSING)) {
			// A build has no access to secrets and needs none
			return;
		}
		long start = System.nanoTime();
		try {
			engine.load();
		}
		catch (RuntimeException ex) {
			engine.close();
			throw ex;
		}
		long loaded = engine.state().sources().stream().filter((source) -> source.snapshot() != null).count();
		int properties = engine.state().properties().properties().size();
		this.log.info("Loaded " + loaded + ((loaded != 1) ? " secrets" : " secret") + " with " + properties
				+ ((properties != 1) ? " properties" : " property") + " from " + engine.fetcher().region() + " in "
				+ (System.nanoTime() - start) / 1_000_000 + " ms");
	}

	private void add(SecretsPropertySource secrets, ConfigurableEnvironment environment) {
		MutablePropertySources sources = environment.getPropertySources();
		if (sources.contains(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)) {
			sources.addAfter(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, secrets);
		}
		else {
			sources.addFirst(secrets);
		}
		secrets.watch(environment);
	}

	/**
	 * The context owns the engine from now on, and closes it after all beans that use it,
	 * also when it does not start.
	 */
	private static void register(ConfigurableListableBeanFactory beans, SecretsEngine engine) {
		String name = register(beans, (Object) engine);
		((DefaultSingletonBeanRegistry) beans).registerDisposableBean(name, engine::close);
	}

	private static String register(ConfigurableListableBeanFactory beans, Object singleton) {
		String name = StringUtils.uncapitalize(singleton.getClass().getSimpleName());
		beans.registerSingleton(name, singleton);
		return name;
	}

}
