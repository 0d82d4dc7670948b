package io.github.secretsboot.preflight;

import java.util.List;
import java.util.function.Predicate;

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
 * exists. Comes last, when the environment is complete.
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
			end(report(environment, (source instanceof SecretsPropertySource secrets) ? secrets.getSource() : null));
		}
	}

	private PreflightReport report(ConfigurableEnvironment environment, @Nullable SecretsEngine engine) {
		if (engine == null) {
			return new PreflightReport(null, List.of(), placeholders(environment, (text) -> false));
		}
		PreflightReport report = new PreflightReport(engine.fetcher().region(), engine.state().sources(),
				placeholders(environment, engine.state().properties()::isQuotedIn));
		engine.close();
		return report;
	}

	private List<UnresolvedPlaceholder> placeholders(ConfigurableEnvironment environment, Predicate<String> secret) {
		return UnresolvedPlaceholder.findAll(environment, secret);
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
