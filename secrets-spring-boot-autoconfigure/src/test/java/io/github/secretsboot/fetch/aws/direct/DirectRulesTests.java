package io.github.secretsboot.fetch.aws.direct;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.awspring.cloud.autoconfigure.config.secretsmanager.SecretsManagerClientCustomizer;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.github.secretsboot.env.SystemProperties;
import io.github.secretsboot.fetch.Location;
import io.github.secretsboot.fetch.aws.SecretsManagerClientSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.endpoints.SecretsManagerEndpointProvider;

import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/**
 * Tests for when the SDK's client is left out.
 */
class DirectRulesTests {

	private final MockEnvironment environment = new MockEnvironment()
		.withProperty("spring.cloud.aws.region.static", "eu-central-1")
		.withProperty("spring.cloud.aws.credentials.access-key", "fake")
		.withProperty("spring.cloud.aws.credentials.secret-key", "fake");

	private final DefaultBootstrapContext bootstrapContext = new DefaultBootstrapContext();

	@Test
	void whenNothingAsksForTheClientThenItIsLeftOut() {
		assertThat(endpoint()).isEqualTo("https://secretsmanager.eu-central-1.amazonaws.com/");
		assertThat(endpoint(Map.of("AWS_REGION", "us-east-1", "AWS_PROFILE", "dev", "PATH", "/bin"))).isNotNull();
	}

	@Test
	void whenLocationNamesARegionThenItsEndpointIsUsed() {
		assertThat(endpoint(new Location("us-west-2", null)))
			.isEqualTo("https://secretsmanager.us-west-2.amazonaws.com/");
	}

	@Test
	void whenLocationNamesARoleThenClientIsUsed() {
		assertThat(endpoint(new Location(null, "arn:aws:iam::123456789012:role/reader"))).isNull();
	}

	static Iterable<Region> regions() {
		return Region.regions().stream().filter((region) -> !region.isGlobalRegion()).toList();
	}

	@ParameterizedTest
	@MethodSource("regions")
	void whenRegionIsKnownThenEndpointIsTheOneOfTheSdkOrItsClientIsUsed(Region region) throws MalformedURLException {
		URI expected = SecretsManagerEndpointProvider.defaultProvider()
			.resolveEndpoint((parameters) -> parameters.region(region).useFips(false).useDualStack(false))
			.join()
			.url();
		if (region.metadata().partition().id().equals("aws")) {
			assertThat(DirectRules.ofRegion(region.id())).isEqualTo(expected.resolve("/").toURL());
		}
		else {
			assertThat(DirectRules.ofRegion(region.id())).isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "eusc-de-east-1", "cn-north-1", "us-gov-west-1", "us-iso-east-1", "us-isob-east-1", "",
			"eu-west-1.attacker.example#-west-1", "EU-WEST-1" })
	void whenRegionIsOfAnotherPartitionOrNoneThenClientIsUsed(String region) {
		assertThat(DirectRules.ofRegion(region)).isNull();
	}

	@Test
	void whenRegionIsUnknownThenFailureIsTheOneOfTheSdk() {
		try (SystemProperties none = SystemProperties.withoutAws()) {
			DirectRules rules = rules(new MockEnvironment(), Map.of());
			assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> rules.endpoint(Location.DEFAULT))
				.withMessageContaining("Unable to load region");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost:4566", "https://vpce-1.secretsmanager.us-east-1.vpce.amazonaws.com/" })
	void whenEndpointIsConfiguredThenItIsUsed(String endpoint) {
		this.environment.setProperty("spring.cloud.aws.endpoint", "http://localhost:1");
		this.environment.setProperty("spring.cloud.aws.secretsmanager.endpoint", endpoint);
		assertThat(endpoint()).startsWith(endpoint);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost:4566/path", "http://user@localhost", "ftp://localhost",
			"http://localhost?a=b", "localhost:4566" })
	void whenEndpointHasMoreThanAHostThenClientIsUsed(String endpoint) {
		this.environment.setProperty("spring.cloud.aws.endpoint", endpoint);
		assertThat(endpoint()).isNull();
	}

	@Test
	void whenConnectionDetailsAreRegisteredThenTheyCount() {
		register(AwsConnectionDetails.class, new AwsConnectionDetails() {

			@Override
			public URI getEndpoint() {
				return URI.create("http://localhost:5");
			}

		});
		this.environment.setProperty("spring.cloud.aws.endpoint", "http://localhost:1");
		assertThat(endpoint()).isEqualTo("http://localhost:5/");
	}

	@ParameterizedTest
	@ValueSource(classes = { SecretsManagerClient.class, AwsSyncClientCustomizer.class,
			SecretsManagerClientCustomizer.class })
	<T> void whenClientOrCustomizerIsRegisteredThenClientIsUsed(Class<T> type) {
		register(type, mock(type));
		assertThat(endpoint()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "fips-enabled=true", "dualstack-enabled=true", "defaults-mode=auto",
			"secretsmanager.dualstack-enabled=true" })
	void whenMoreIsConfiguredThenClientIsUsed(String property) {
		this.environment.setProperty("spring.cloud.aws." + property.split("=")[0], property.split("=")[1]);
		assertThat(endpoint()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SECRETS_MANAGER", "AWS_USE_FIPS_ENDPOINT",
			"AWS_USE_DUALSTACK_ENDPOINT", "AWS_DEFAULTS_MODE", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY",
			"http_proxy" })
	void whenEnvironmentVariableAsksForTheClientThenItIsUsed(String name) {
		assertThat(endpoint(Map.of(name, "true"))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "aws.endpointUrl", "aws.endpointUrlSecretsManager", "aws.useFipsEndpoint",
			"aws.useDualstackEndpoint", "aws.defaultsMode", "https.proxyHost", "http.proxyHost" })
	void whenSystemPropertyAsksForTheClientThenItIsUsed(String name) {
		try (SystemProperties properties = new SystemProperties(Map.of(name, "true"))) {
			assertThat(endpoint()).isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "endpoint_url = http://localhost", "use_fips_endpoint = true", "services = local" })
	void whenProfileAsksForTheClientThenItIsUsed(String line, @TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("config"), "[default]\nregion = us-east-1\n" + line + "\n");
		try (SystemProperties properties = new SystemProperties(Map.of("aws.configFile", file.toString()))) {
			assertThat(endpoint()).isNull();
		}
		Files.writeString(file, "[default]\nregion = us-east-1\noutput = json\n[profile other]\n" + line + "\n");
		try (SystemProperties properties = new SystemProperties(Map.of("aws.configFile", file.toString()))) {
			assertThat(endpoint()).isNotNull();
		}
	}

	@Test
	void whenInterceptorsAreOnTheClassPathThenClientIsUsed(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("software/amazon/awssdk/global/handlers/execution.interceptors");
		Files.createDirectories(file.getParent());
		Files.writeString(file, "");
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		try (URLClassLoader loader = new URLClassLoader(new URL[] { directory.toUri().toURL() }, before)) {
			thread.setContextClassLoader(loader);
			assertThat(endpoint()).isNull();
		}
		finally {
			thread.setContextClassLoader(before);
		}
		assertThat(endpoint()).isNotNull();
	}

	private <T> void register(Class<T> type, Object instance) {
		this.bootstrapContext.register(type, InstanceSupplier.of(type.cast(instance)));
	}

	private @Nullable String endpoint() {
		return endpoint(Map.of());
	}

	private @Nullable String endpoint(Map<String, String> variables) {
		return endpoint(Location.DEFAULT, variables);
	}

	private @Nullable String endpoint(Location location) {
		return endpoint(location, Map.of());
	}

	private @Nullable String endpoint(Location location, Map<String, String> variables) {
		JsonEndpoint endpoint = rules(this.environment, variables).endpoint(location);
		return (endpoint != null) ? endpoint.toString() : null;
	}

	private DirectRules rules(Environment environment, Map<String, String> variables) {
		return new DirectRules(new SecretsManagerClientSource(environment, this.bootstrapContext).settings(),
				variables);
	}

}
