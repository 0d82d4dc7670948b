package io.github.secretsboot.env;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests what people are told about mistakes in their configuration.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConfigurationProblemsTests {

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@TempDir
	private Path directory;

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void whenConfigFileHasMistakesThenOneReportNamesAllWithTheirLines(CapturedOutput output) throws IOException {
		assertRefused("""
				secrets:
				  sources:
				    - nam: myapp/token
				    - name: myapp/database
				      as: mongodb
				    - name: shop/prod/*
				    - name: arn:aws:s3:::bucket
				  refresh:
				    intervall: 1m
				    jitter: 2
				  fetch:
				    timeout: soon
				    concurrency: many
				""");
		String log = output.getAll();
		// What loggers say at TRACE before that is not ours
		assertThat(log.substring(Math.max(0, log.indexOf("APPLICATION FAILED TO START"))))
			.contains("APPLICATION FAILED TO START", "8 properties below 'secrets' cannot be used")
			.containsSubsequence("secrets.sources[0].nam\n", "application.yml] - 3:12\n",
					"unknown key. Did you mean 'name'? The allowed keys are allow, as, format, ")
			.containsSubsequence("secrets.sources[1].as: mongodb\n", "application.yml] - 5:11\n",
					"must be one of datasource, r2dbc")
			.containsSubsequence("secrets.refresh.intervall\n", " - 9:16\n", "Did you mean 'interval'?")
			.containsSubsequence("secrets.fetch.timeout: soon\n", " - 12:14\n", "must be a duration, such as 10s")
			.containsSubsequence("secrets.fetch.concurrency: many\n", "must be a whole number")
			.containsSubsequence("secrets.sources[2].name: shop/prod/*\n", " - 6:13\n", "contains '*'")
			.containsSubsequence("secrets.sources[3].name: arn:aws:s3:::bucket\n",
					"must look like arn:aws:secretsmanager")
			.containsSubsequence("secrets.refresh.jitter: 2\n", "must be from 0 to 1")
			.doesNotContain("sources[0].name", "Bindable@", "DatabaseTarget", "ConversionFailed", "IllegalArgument");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					secrets.sources[0].Nam=a                  | Did you mean 'name'?
					secrets.sources[0].role_arm=a             | Did you mean 'role-arn'?
					secrets.sources[0].versionID2=a           | Did you mean 'version-id'?
					secrets.sources.name=a                    | 'secrets.sources' is a list: begin each of its entries with a dash
					secrets.interval=5m                       | Did you mean 'secrets.refresh.interval'?
					secrets.zzzzzzzz=5m                       | unknown key. The allowed keys are
					secrets.environment.name=test             | 'secrets.environment' has a value and no keys below it
					secrets.fetch.regions.first=a             | unknown key.
					secrets.refresh=5m                        | must have no value of its own, only keys below it: enabled, interval
					secrets.refresh.enabled=sometimes         | must be true or false
					secrets.refresh.jitter=much               | must be a number
					secrets.refresh.jitter=2                  | must be from 0 to 1
					secrets.refresh.spring-cloud=all          | must be one of refresh-scope, environment-change, none
					secrets.refresh.requests-per-hour=0       | must be at least 1
					secrets.fetch.concurrency=0               | must be at least 1
					secrets.fetch.timeout=-1s                 | must be longer than zero
					secrets.health.max-age=0s                 | must be longer than zero
					secrets.sources[1].name=a                 | comes after a gap: the entries of a list are numbered from 0
					secrets.sources[0].name=shop/prod/*       | contains '*': the name of a secret consists of letters, digits and /_+=.@-, and each secret needs its own entry
					secrets.sources[0].name=my app/ü          | contains a blank, U+00FC: the name
					secrets.sources[0].name=a/${nothing}      | the placeholder ${nothing} has no value, or only one in a secret
					secrets.sources[0].name=arn:aws:s3:::a    | must look like arn:aws:secretsmanager:
					secrets.sources[0].name=arn:aws:secretsmanager:eu-central-1:123456789012:secret:a/* | contains '*'
					""")
	void whenThereIsAMistakeThenReasonSaysWhatWouldBeRight(String property, String reason) {
		assertThatExceptionOfType(SecretsConfigurationException.class)
			.isThrownBy(() -> TestApplication.run(this.server, "--" + property))
			.satisfies((ex) -> assertThat(ex.getProblems()).singleElement().satisfies((problem) -> {
				assertThat(problem.where()).contains("from property source");
				assertThat(problem.reason()).contains(reason);
			}));
		assertThat(this.server.calls()).isZero();
	}

	@Test
	void whenNameIsTooLongThenItSaysSo() {
		assertThat(SecretNames.problem("a".repeat(512))).isNull();
		assertThat(SecretNames.problem("a".repeat(513))).contains("512");
	}

	@Test
	void whenNameOrArnIsOneThenThereIsNoProblem() {
		assertThat(SecretNames.problem("My_app/prod/a+b=c.d@e-f")).isNull();
		assertThat(SecretNames.problem("arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:a/b-a1B2c3"))
			.isNull();
	}

	@Test
	void whenEnvironmentVariableOnlyLooksLikeOursThenItIsIgnored() {
		// Of a service that is named "secrets" in Kubernetes
		assertThat(bind("SECRETS_PORT", "tcp://10.0.0.1:80").getSources()).isEmpty();
		assertThat(bind("SECRETS_REFRESH_INTERVAL", "7m").getRefresh().getInterval()).hasMinutes(7);
	}

	@Test
	void whenKeysOfASecretAreRenamedThenTheyMayHaveAnyName() {
		MockEnvironment environment = new MockEnvironment().withProperty("secrets.sources[0].name", "a")
			.withProperty("secrets.sources[0].keys.STRIPE_SECRET_KEY", "app.key")
			.withProperty("secrets.sources[0].keys[with.dots]", "app.dots")
			.withProperty("secrets.preflight", "");
		ConfigurationProblems problems = new ConfigurationProblems(environment);
		assertThat(new PropertiesBinder(environment, problems).bind().getSources().get(0).getKeys()).hasSize(2);
		problems.throwIfAny();
	}

	@Test
	void whenSecretsAreDisabledThenNothingIsChecked() {
		TestApplication.run(this.server, "--secrets.enabled=false", "--secrets.sources[0].nam=a").close();
	}

	private static SecretsProperties bind(String variable, String value) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(variable, value)));
		ConfigurationProblems problems = new ConfigurationProblems(environment);
		SecretsProperties properties = new PropertiesBinder(environment, problems).bind();
		problems.throwIfAny();
		return properties;
	}

	private void assertRefused(String yaml) throws IOException {
		Path file = Files.writeString(this.directory.resolve("application.yml"), yaml);
		assertThatExceptionOfType(SecretsConfigurationException.class)
			.isThrownBy(() -> TestApplication.run(this.server, "--spring.config.location=" + file.toUri()));
		assertThat(this.server.calls()).isZero();
	}

}
