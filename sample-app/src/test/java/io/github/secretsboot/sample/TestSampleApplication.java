package io.github.secretsboot.sample;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.SpringApplication;

/**
 * Runs the sample without an AWS or a Stripe account, for development:
 * {@code mvn -pl sample-app -am spring-boot:test-run}. Takes the sample's own command
 * line arguments and {@code --sample.secrets-manager.port}.
 */
public final class TestSampleApplication {

	static final int DEFAULT_PORT = 4567;

	private static final String PORT_OPTION = "sample.secrets-manager.port";

	private static final String INTERVAL_OPTION = "secrets.refresh.interval";

	private static final Logger logger = LoggerFactory.getLogger(TestSampleApplication.class);

	private TestSampleApplication() {
	}

	/**
	 * Run the sample with {@link LocalServices}, which live as long as the JVM.
	 * @param args the command line arguments
	 */
	public static void main(String[] args) {
		ApplicationArguments arguments = new DefaultApplicationArguments(args);
		LocalServices services = LocalServices.start(port(arguments), Clock.systemUTC());
		SpringApplication.Running application = SpringApplication.from(SampleApplication::main)
			.run(services.arguments(withDefaults(arguments)));
		String port = application.getApplicationContext().getEnvironment().getProperty("local.server.port");
		logger.info(whatToTry("http://localhost:" + port,
				"http://localhost:" + services.secretsManager().endpoint().getPort()));
	}

	private static int port(ApplicationArguments arguments) {
		List<String> values = arguments.getOptionValues(PORT_OPTION);
		return (values != null && !values.isEmpty()) ? Integer.parseInt(values.get(0)) : DEFAULT_PORT;
	}

	/**
	 * Stripe's grace period is short here, so secrets are checked more often than by
	 * default.
	 */
	private static String[] withDefaults(ApplicationArguments arguments) {
		List<String> all = new ArrayList<>(Arrays.asList(arguments.getSourceArgs()));
		if (!arguments.containsOption(INTERVAL_OPTION)) {
			all.add("--" + INTERVAL_OPTION + "=3s");
		}
		return all.toArray(String[]::new);
	}

	/**
	 * The suggested key differs each time, because equal content would be no change. The
	 * stand-in for Stripe accepts whatever the secret holds.
	 */
	private static String whatToTry(String application, String secretsManager) {
		return """
				The sample runs with a local Secrets Manager and a local Stripe.

				Open the page:
				  %1$s

				Charge a test card:
				  curl -H 'Content-Type: application/json' -d '{"amount":1999,"currency":"eur"}' %1$s/charges

				Rotate the Stripe key, which the application notices within seconds:
				  AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x aws --region us-east-1 --endpoint-url %2$s \\
				    secretsmanager put-secret-value --secret-id %3$s --secret-string \\
				    '{"STRIPE_SECRET_KEY":"sk_test_only_for_the_stand_in_'$(date +%%s)'","OPENAI_API_KEY":"none","DATABASE_URL":"none"}'

				Have it noticed at once:
				  curl -X POST %1$s/actuator/secrets
				"""
			.formatted(application, secretsManager, LocalServices.SECRET);
	}

}
