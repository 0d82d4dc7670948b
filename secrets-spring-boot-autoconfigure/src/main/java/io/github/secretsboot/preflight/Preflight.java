package io.github.secretsboot.preflight;

import java.util.List;

import io.github.secretsboot.env.PreflightOption;
import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.refresh.SecretsEngine;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * With {@code --secrets.preflight} the application tells whether it would find its
 * secrets, and all placeholders of its config files a value, and ends before a context
 * exists, or with {@code --secrets.preflight=context} as soon as one does. Comes last,
 * when the environment is complete.
 */
class Preflight implements EnvironmentPostProcessor, Ordered {

	private final ConfigurableBootstrapContext bootstrapContext;

	Preflight(ConfigurableBootstrapContext bootstrapContext) {
		this.bootstrapContext = bootstrapContext;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (PreflightOption.isGiven(environment)) {
			PropertySource<?> source = environment.getPropertySources().get(SecretsPropertySource.NAME);
			@Nullable SecretsEngine engine = (source instanceof SecretsPropertySource secrets) ? secrets.getSource() : null;
			PreflightReport report = report(environment, engine);
			print(report);
			PreflightExit exit = exit();
			if (report.isGood() && PreflightOption.includesContext(environment)) {
				application.addListeners(new ContextPreflight(exit));
			}
			else {
				if (engine != null) {
					engine.close();
				}
				exit.exit(report.isGood() ? 0 : 1);
				throw new SpringApplication.AbandonedRunException();
			}
		}
	}

	private PreflightExit exit() {
		PreflightExit exit = this.bootstrapContext.getOrElse(PreflightExit.class, null);
		return (exit != null) ? exit : System::exit;
	}

	private static PreflightReport report(ConfigurableEnvironment environment, @Nullable SecretsEngine engine) {
		if (engine == null) {
			return new PreflightReport(null, List.of(), UnresolvedPlaceholder.findAll(environment, (text) -> false));
		}
		return new PreflightReport(engine.fetcher().region(), engine.state().sources(),
				UnresolvedPlaceholder.findAll(environment, engine.state().properties()::isQuotedIn));
	}

	/**
	 * Print what a pipeline is to read, at whatever level the application logs.
	 */
	static void print(Object report) {
		System.out.print(report);
		System.out.flush();
	}

}
