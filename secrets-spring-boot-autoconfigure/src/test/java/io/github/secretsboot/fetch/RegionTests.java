package io.github.secretsboot.fetch;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.SecretsLoadException;
import io.github.secretsboot.env.SecretsConfigurationException;
import io.github.secretsboot.env.SystemProperties;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.test.Operation;
import io.github.secretsboot.test.RecordedRequest;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sts.StsClient;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for which region and as whom calls are signed, and what they say of the
 * application.
 */
@ExtendWith(OutputCaptureExtension.class)
class RegionTests {

	private static final String ROLE = "arn:aws:iam::123456789012:role/reader";

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void whenSourcesNameRegionsThenEachRegionHasItsBatch() {
		create("a", "b", "c", "d", "e");
		try (ConfigurableApplicationContext context = TestApplication.run(this.server, "--secrets.sources[0].name=a",
				"--secrets.sources[1].name=b", "--secrets.sources[1].region=eu-west-1", "--secrets.sources[2].name=c",
				"--secrets.sources[3].name=d", "--secrets.sources[3].region=eu-west-1", "--secrets.sources[4].name=e",
				"--secrets.sources[4].region=us-east-1")) {
			assertThat(context.getEnvironment().getProperty("d")).isEqualTo("canary-d");
		}
		assertThat(this.server.requests()).allMatch((r) -> r.operation() == Operation.BATCH_GET_SECRET_VALUE)
			.extracting(RecordedRequest::region, RecordedRequest::secretIds)
			.containsExactlyInAnyOrder(tuple("us-east-1", List.of("a", "c", "e")),
					tuple("eu-west-1", List.of("b", "d")));
	}

	@Test
	void whenNameIsAnArnThenItIsReadInTheRegionOfTheArn() {
		create("a");
		try (ConfigurableApplicationContext context = run(Map.of("spring.cloud.aws.region.static", "ap-south-1"),
				"--secrets.sources=" + this.server.arn("a"))) {
			assertThat(context.getEnvironment().getProperty("a")).isEqualTo("canary-a");
		}
		assertThat(this.server.requests()).extracting(RecordedRequest::region).containsExactly("us-east-1");
	}

	@Test
	void whenRegionContradictsTheArnThenStartFails() {
		assertThatExceptionOfType(SecretsConfigurationException.class)
			.isThrownBy(() -> TestApplication.run(this.server,
					"--secrets.sources[0].name=arn:aws:secretsmanager:us-east-1:123456789012:secret:a-AbCdEf",
					"--secrets.sources[0].region=eu-west-1"))
			.satisfies((ex) -> assertThat(ex.getProblems()).singleElement()
				.satisfies((problem) -> assertThat(problem.property()).isEqualTo("secrets.sources[0].region")));
	}

	@Test
	void whenSourceNamesARoleThenItIsReadAsThatRole() throws IOException {
		create("a", "b");
		try (StsStub sts = new StsStub();
				ConfigurableApplicationContext context = run(endpoints(sts), "--secrets.sources[0].name=a",
						"--secrets.sources[0].role-arn=" + ROLE, "--secrets.sources[0].region=eu-west-1",
						"--secrets.sources[1].name=b", "--spring.application.name=order service")) {
			assertThat(context.getEnvironment().getProperty("a")).isEqualTo("canary-a");
			assertThat(sts.requests()).singleElement()
				.asString()
				.contains("Action=AssumeRole", "RoleArn=" + ROLE, "RoleSessionName=order-service",
						"/eu-west-1/sts/aws4_request");
		}
		assertThat(this.server.requests()).extracting(RecordedRequest::accessKeyId, RecordedRequest::region)
			.containsExactlyInAnyOrder(tuple(StsStub.ACCESS_KEY, "eu-west-1"), tuple("fake-access-key", "us-east-1"));
	}

	@Test
	void whenRoleIsDeniedThenRemedyIsTheStatementForTheRole(CapturedOutput output) throws IOException {
		create("a");
		try (StsStub sts = new StsStub()) {
			sts.deny();
			assertThatExceptionOfType(SecretsLoadException.class).isThrownBy(
					() -> run(endpoints(sts), "--secrets.sources[0].name=a", "--secrets.sources[0].role-arn=" + ROLE))
				.satisfies((ex) -> assertThat(ex.getFailures()).singleElement()
					.satisfies((failure) -> assertThat(failure.reason()).isEqualTo(FailureReason.ACCESS_DENIED)));
		}
		assertThat(output).contains("\"Action\": \"sts:AssumeRole\", \"Resource\": \"" + ROLE + "\"");
		assertThat(this.server.calls()).isZero();
	}

	@Test
	void whenStsIsMissingThenRoleNamesTheDependency(CapturedOutput output) {
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		Thread.currentThread().setContextClassLoader(new FilteredClassLoader(StsClient.class));
		try {
			assertThatExceptionOfType(SecretsConfigurationException.class).isThrownBy(() -> TestApplication
				.run(this.server, "--secrets.sources[0].name=a", "--secrets.sources[0].role-arn=" + ROLE));
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
		assertThat(output).contains("secrets.sources[0].role-arn", "software.amazon.awssdk:sts");
	}

	@Test
	void whenApplicationHasANameThenUserAgentCarriesIt() {
		assertThat(userAgent("--spring.application.name=order service/ü")).contains("app/order-service-");
		assertThat(userAgent("--spring.application.name=" + "a".repeat(60))).contains("app/" + "a".repeat(50))
			.doesNotContain("a".repeat(51));
		assertThat(userAgent()).doesNotContain("app/");
	}

	@Test
	void whenUserHasSetAnApplicationIdThenItStays() {
		try (SystemProperties properties = new SystemProperties(Map.of("sdk.ua.appId", "own-id"))) {
			assertThat(userAgent("--spring.application.name=orders")).contains("app/own-id");
		}
	}

	private Map<String, String> endpoints(StsStub sts) {
		return Map.of("spring.cloud.aws.endpoint", sts.endpoint(), "spring.cloud.aws.secretsmanager.endpoint",
				this.server.endpoint().toString());
	}

	private ConfigurableApplicationContext run(Map<String, String> overrides, String... arguments) {
		Map<String, Object> properties = new HashMap<>(this.server.springProperties());
		properties.putAll(overrides);
		return TestApplication.builder().properties(properties).run(arguments);
	}

	private String userAgent(String... arguments) {
		if (this.server.calls() == 0) {
			create("a");
		}
		this.server.resetCalls();
		TestApplication.builder().properties("secrets.sources=a").run(this.server.arguments(arguments)).close();
		return this.server.requests().get(0).userAgent();
	}

	private void create(String... names) {
		for (String name : names) {
			this.server.create(name, "canary-" + name);
		}
	}

}
