package io.github.secretsboot.sample;

import java.util.Map;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Runs the sample without an AWS or a Stripe account, for development:
 * {@code mvn -pl sample-app -am spring-boot:test-run}. Takes the sample's own command
 * line arguments, {@code --sample.services} and {@code --sample.secrets-manager.port}.
 */
public final class TestSampleApplication {

	private static final Logger logger = LoggerFactory.getLogger(TestSampleApplication.class);

	private TestSampleApplication() {
	}

	/**
	 * Run the sample with {@link SampleServices} and the {@link Playground}.
	 * @param args the command line arguments
	 */
	public static void main(String[] args) {
		Environment environment = run(args).getEnvironment();
		logger.info(whatToTry("http://localhost:" + environment.getProperty("local.server.port"),
				environment.getProperty("spring.cloud.aws.endpoint")));
	}

	static ConfigurableApplicationContext run(String... args) {
		return SpringApplication.from(SampleApplication::main)
			.with(Playground.class)
			.run(withDefaults(new DefaultApplicationArguments(args)))
			.getApplicationContext();
	}

	/**
	 * Stripe's grace period is short here and nobody wants to wait for a page to react,
	 * so secrets are checked more often than by default, and given up sooner.
	 */
	private static String[] withDefaults(ApplicationArguments arguments) {
		Map<String, String> defaults = Map.of(SampleServicesEnvironmentPostProcessor.KIND, "in-jvm",
				"secrets.refresh.interval", "3s", "secrets.fetch.timeout", "5s");
		Stream<String> added = defaults.entrySet()
			.stream()
			.filter((option) -> !arguments.containsOption(option.getKey()))
			.map((option) -> "--%s=%s".formatted(option.getKey(), option.getValue()));
		return Stream.concat(Stream.of(arguments.getSourceArgs()), added).toArray(String[]::new);
	}

	/**
	 * The suggested key differs each time, because equal content would be no change. The
	 * stand-in for Stripe accepts whatever the secret holds.
	 */
	private static String whatToTry(String application, String secretsManager) {
		return """
				The sample runs with a local Secrets Manager and a local Stripe.

				Open the page, and try to break it:
				  %1$s

				Charge a test card:
				  curl -H 'Content-Type: application/json' -d '{"amount":1999,"currency":"eur"}' %1$s/charges

				Rotate the Stripe key there, or like this, and the application notices within seconds:
				  AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x aws --region us-east-1 --endpoint-url %2$s \\
				    secretsmanager put-secret-value --secret-id %3$s --secret-string \\
				    '{"STRIPE_SECRET_KEY":"sk_test_only_for_the_stand_in_'$(date +%%s)'","OPENAI_API_KEY":"none","DATABASE_URL":"none"}'

				Have it noticed at once:
				  curl -X POST %1$s/actuator/secrets
				"""
			.formatted(application, secretsManager, SampleServices.SECRET);
	}

}
