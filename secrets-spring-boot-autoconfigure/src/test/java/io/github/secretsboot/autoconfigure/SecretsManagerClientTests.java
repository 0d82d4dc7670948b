package io.github.secretsboot.autoconfigure;

import java.util.List;

import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.awspring.cloud.autoconfigure.config.secretsmanager.SecretsManagerClientCustomizer;
import io.github.secretsboot.env.SecretsThreads;
import io.github.secretsboot.env.SystemProperties;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.fetch.aws.SecretsManagerClientSource;
import io.github.secretsboot.test.RecordedRequest;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.bootstrap.BootstrapRegistryInitializer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests which client loads the secrets and which one the application gets.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretsManagerClientTests {

	private static final String SOURCE = "--secrets.sources=myapp/token";

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@BeforeEach
	void createSecret() {
		this.server.create("myapp/token", "canary-text");
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void whenSecretsAreLoadedThenTheirClientIsTheBeanAndNothingIsFetchedTwice() {
		try (ConfigurableApplicationContext context = TestApplication.run(this.server, SOURCE)) {
			assertThat(context.getBeansOfType(SecretsManagerClient.class)).hasSize(1);
			assertThat(context.getBean(SecretsManagerClient.class))
				.isSameAs(context.getBean(SecretsManagerClientSource.class).getClient());
			assertThat(this.server.calls()).isEqualTo(1);
		}
	}

	@Test
	void whenNobodyAsksForTheClientThenNothingThatItNeedsIsCreated() {
		for (String source : List.of(SOURCE, "--secrets.sources=")) {
			try (ConfigurableApplicationContext context = TestApplication.run(this.server, source)) {
				ConfigurableListableBeanFactory beans = context.getBeanFactory();
				assertThat(beans.getBeanDefinitionNames()).contains("secretsManagerClient", "regionProvider",
						"credentialsProvider", "awsClientBuilderConfigurer");
				assertThat(beans.getSingletonNames()).doesNotContain("secretsManagerClient", "regionProvider",
						"credentialsProvider", "awsClientBuilderConfigurer");
				assertThat(context.getBean(AwsRegionProvider.class).getRegion()).isEqualTo(Region.US_EAST_1);
				assertThat(context.getBean(SecretsManagerClient.class)
					.getSecretValue((request) -> request.secretId("myapp/token"))
					.secretString()).isEqualTo("canary-text");
			}
		}
	}

	@Test
	void whenNoSecretIsListedThenNoListenerIsLookedForInTheClient() {
		try (ConfigurableApplicationContext context = TestApplication.run(this.server, "--secrets.sources=")) {
			assertThat(AutoProxyUtils.determineTargetClass(context.getBeanFactory(), "secretsManagerClient"))
				.isEqualTo(Object.class);
		}
	}

	@Test
	void whenTheSdkIsAskedForThenItsClientLoads() {
		TestApplication.run(this.server, SOURCE).close();
		TestApplication.run(this.server, SOURCE, "--secrets.fetch.client=sdk").close();
		assertThat(this.server.requests()).extracting((request) -> request.userAgent().contains("aws-sdk-java"))
			.containsExactly(false, true);
	}

	@Test
	void whenContextIsClosedThenClientIsClosedAndNoThreadIsLeft() {
		SecretsThreads threads = new SecretsThreads();
		SecretsManagerClient client = mock(SecretsManagerClient.class, delegatesTo(client()));
		run((registry) -> registry.register(SecretsManagerClient.class, InstanceSupplier.of(client)));
		then(client).should().close();
		threads.assertNoneWasAdded();
	}

	@Test
	void whenApplicationDefinesAClientThenItWins() {
		try (ConfigurableApplicationContext context = TestApplication.run(this.server, OwnClient.class, SOURCE)) {
			assertThat(context.getBeansOfType(SecretsManagerClient.class)).containsOnlyKeys("ownClient");
			assertThat(context.getEnvironment().getProperty("token")).isEqualTo("canary-text");
		}
	}

	@Test
	void whenCredentialsProviderIsRegisteredThenItSigns() {
		AwsCredentialsProvider provider = StaticCredentialsProvider
			.create(AwsBasicCredentials.create("registered-key", "fake"));
		run((registry) -> registry.register(AwsCredentialsProvider.class, InstanceSupplier.of(provider)));
		assertThat(request().accessKeyId()).isEqualTo("registered-key");
	}

	@Test
	void whenRegionProviderIsRegisteredThenItIsUsed() {
		AwsRegionProvider provider = () -> Region.EU_WEST_3;
		try (SystemProperties none = SystemProperties.withoutAws()) {
			TestApplication.builder()
				.addBootstrapRegistryInitializer(
						(registry) -> registry.register(AwsRegionProvider.class, InstanceSupplier.of(provider)))
				.run(SOURCE, "--spring.cloud.aws.endpoint=" + this.server.endpoint(),
						"--spring.cloud.aws.credentials.access-key=fake",
						"--spring.cloud.aws.credentials.secret-key=fake")
				.close();
		}
		assertThat(request().region()).isEqualTo("eu-west-3");
	}

	@Test
	void whenCustomizersAreRegisteredThenBothAreApplied() {
		AwsSyncClientCustomizer common = mock(AwsSyncClientCustomizer.class);
		SecretsManagerClientCustomizer specific = (builder) -> builder.region(Region.EU_WEST_1);
		run((registry) -> {
			registry.register(AwsSyncClientCustomizer.class, InstanceSupplier.of(common));
			registry.register(SecretsManagerClientCustomizer.class, InstanceSupplier.of(specific));
		});
		assertThat(request().region()).isEqualTo("eu-west-1");
		then(common).should().customize(any());
	}

	@Test
	void whenClientIsRegisteredThenItLoads() {
		SecretsManagerClient client = client();
		run((registry) -> registry.register(SecretsManagerClient.class, InstanceSupplier.of(client)));
		assertThat(request().accessKeyId()).isEqualTo("whole-client");
	}

	@Test
	void whenCustomizerIsABeanThenItIsWarnedAbout(CapturedOutput output) {
		TestApplication.run(this.server, CustomizerBean.class, SOURCE).close();
		assertThat(output.getAll()).containsOnlyOnce("Bean 'lateCustomizer' does not customize the client")
			.contains("addBootstrapRegistryInitializer");
	}

	@Test
	void whenTwoApplicationsRunThenTheyShareNothing() {
		try (SecretsManagerServer other = SecretsManagerServer.builder().region("eu-central-1").start()) {
			other.create("myapp/token", "canary-other");
			try (ConfigurableApplicationContext first = TestApplication.run(this.server, SOURCE)) {
				try (ConfigurableApplicationContext second = TestApplication.run(other, SOURCE)) {
					assertThat(first.getEnvironment().getProperty("token")).isEqualTo("canary-text");
					assertThat(second.getEnvironment().getProperty("token")).isEqualTo("canary-other");
				}
				String name = first.getBean(SecretsManagerClient.class)
					.getSecretValue((request) -> request.secretId("myapp/token"))
					.name();
				assertThat(name).as("the first client still works").isEqualTo("myapp/token");
			}
		}
	}

	private void run(BootstrapRegistryInitializer initializer) {
		TestApplication.builder()
			.addBootstrapRegistryInitializer(initializer)
			.run(this.server.arguments(SOURCE))
			.close();
	}

	private SecretsManagerClient client() {
		return SecretsManagerClient.builder()
			.endpointOverride(this.server.endpoint())
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("whole-client", "fake")))
			.build();
	}

	private RecordedRequest request() {
		List<RecordedRequest> requests = this.server.requests();
		assertThat(requests).hasSize(1);
		return requests.get(0);
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnClient {

		@Bean
		SecretsManagerClient ownClient() {
			return mock(SecretsManagerClient.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CustomizerBean {

		@Bean
		SecretsManagerClientCustomizer lateCustomizer() {
			return (builder) -> {
			};
		}

	}

}
