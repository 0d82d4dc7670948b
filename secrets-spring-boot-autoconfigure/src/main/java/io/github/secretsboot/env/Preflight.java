package io.github.secretsboot.env;

import java.util.List;

import io.github.secretsboot.SecretFailure;
import io.github.secretsboot.SecretsLoadException;
import io.github.secretsboot.refresh.SecretsEngine;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * With {@code --secrets.preflight} the application tells whether it would find its
 * secrets, and all placeholders of its config files a value, and ends before a context
 * exists. Comes last, when the environment is complete.
 */
class Preflight implements EnvironmentPostProcessor, Ordered {

	private static final String PROPERTY = "secrets.preflight";

	private final ConfigurableBootstrapContext bootstrapContext;

	Preflight(ConfigurableBootstrapContext bootstrapContext) {
		this.bootstrapContext = bootstrapContext;
	}

	/**
	 * Whether a preflight is asked for: the option alone is enough.
	 */
	static boolean isRequested(ConfigurableEnvironment environment) {
		String value = environment.getProperty(PROPERTY);
		return value != null && !value.strip().equalsIgnoreCase("false");
	}

	/**
	 * Load secrets without giving up on those that cannot be loaded.
	 */
	static void load(SecretsEngine engine, ConfigurableBootstrapContext bootstrapContext) {
		try {
			engine.load();
		}
		catch (SecretsLoadException ex) {
			bootstrapContext.register(SecretsLoadException.class, InstanceSupplier.of(ex));
		}
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (isRequested(environment)) {
			PropertySource<?> source = environment.getPropertySources().get(SecretsPropertySource.NAME);
			end(report(environment, (source instanceof SecretsPropertySource secrets) ? secrets.getSource() : null));
		}
	}

	private PreflightReport report(ConfigurableEnvironment environment, @Nullable SecretsEngine engine) {
		if (engine == null) {
			return new PreflightReport(null, List.of(), List.of(),
					UnresolvedPlaceholder.findAll(environment, (text) -> false));
		}
		SecretsLoadException failed = this.bootstrapContext.getOrElse(SecretsLoadException.class, null);
		List<SecretFailure> failures = (failed != null) ? failed.getFailures() : List.of();
		List<UnresolvedPlaceholder> placeholders = UnresolvedPlaceholder.findAll(environment,
				engine.state().properties()::isQuotedIn);
		PreflightReport report = new PreflightReport(engine.region(), engine.state().sources(), failures, placeholders);
		engine.close();
		return report;
	}

	private void end(PreflightReport report) {
		// What a pipeline is to read, at whatever level the application logs
		System.out.print(report);
		System.out.flush();
		PreflightExit exit = this.bootstrapContext.getOrElse(PreflightExit.class, null);
		((exit != null) ? exit : (PreflightExit) System::exit).exit(report.isGood() ? 0 : 1);
		throw new SpringApplication.AbandonedRunException();
	}

}
