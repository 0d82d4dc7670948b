package io.github.secretsboot.fetch.aws.direct;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.secretsboot.env.SystemProperties;
import io.github.secretsboot.fetch.HttpReader;
import io.github.secretsboot.fetch.Location;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.profiles.ProfileProperty;

import org.springframework.boot.bootstrap.DefaultBootstrapContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that each setting of the SDK has been thought about: it is honoured without its
 * client, it is a reason to use its client, or it has nothing to do with reading a
 * secret. An update of the SDK that brings a new one fails here, until somebody has
 * decided.
 */
class SettingsOfTheSdkTests {

	/**
	 * Read by the SDK's providers of credentials and regions, which are used as they are.
	 */
	private static final Set<String> CREDENTIALS_AND_REGION = Set.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY",
			"AWS_SESSION_TOKEN", "AWS_ACCOUNT_ID", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN",
			"AWS_ROLE_SESSION_NAME", "AWS_REGION", "AWS_EC2_METADATA_DISABLED", "AWS_EC2_METADATA_V1_DISABLED",
			"AWS_EC2_METADATA_SERVICE_ENDPOINT", "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
			"AWS_METADATA_SERVICE_TIMEOUT", "AWS_CONTAINER_SERVICE_ENDPOINT", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
			"AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_AUTHORIZATION_TOKEN",
			"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
			// and those of profiles
			"ROLE_ARN", "ROLE_SESSION_NAME", "DURATION_SECONDS", "EXTERNAL_ID", "SOURCE_PROFILE", "CREDENTIAL_SOURCE",
			"REGION", "MFA_SERIAL", "CREDENTIAL_PROCESS", "WEB_IDENTITY_TOKEN_FILE", "SSO_REGION", "SSO_ROLE_NAME",
			"SSO_ACCOUNT_ID", "SSO_START_URL", "LOGIN_SESSION", "EC2_METADATA_SERVICE_ENDPOINT_MODE",
			"EC2_METADATA_SERVICE_ENDPOINT", "EC2_METADATA_V1_DISABLED", "METADATA_SERVICE_TIMEOUT");

	/** Said in the user agent. */
	private static final Set<String> USER_AGENT = Set.of("AWS_SDK_UA_APP_ID", "SDK_UA_APP_ID", "AWS_EXECUTION_ENV");

	/** Only the client follows them. */
	private static final Set<String> CLIENT = Set.of("AWS_DEFAULTS_MODE", "AWS_USE_DUALSTACK_ENDPOINT",
			"AWS_USE_FIPS_ENDPOINT", "AWS_PARTITIONS_FILE", "AWS_SIGV4A_SIGNING_REGION_SET",
			"AWS_AUTH_SCHEME_PREFERENCE",
			// and those of profiles
			"DEFAULTS_MODE", "USE_DUALSTACK_ENDPOINT", "USE_FIPS_ENDPOINT", "ENDPOINT_URL", "SIGV4A_SIGNING_REGION_SET",
			"AUTH_SCHEME_PREFERENCE");

	/**
	 * Our clients have three attempts and the standard strategy, whoever makes the calls.
	 */
	private static final Set<String> OURS_IN_ANY_CASE = Set.of("AWS_RETRY_MODE", "AWS_MAX_ATTEMPTS",
			"AWS_NEW_RETRIES_2026", "RETRY_MODE", "MAX_ATTEMPTS", "SYNC_HTTP_SERVICE_IMPL", "ASYNC_HTTP_SERVICE_IMPL");

	/**
	 * For other services and other operations: Secrets Manager speaks JSON, discovers no
	 * endpoints and has none for accounts, compresses nothing and has no checksums. To
	 * ignore endpoints is for the client, which whoever configures one gets.
	 */
	private static final Set<String> OTHER_SERVICES = Set.of("CBOR_ENABLED", "BINARY_ION_ENABLED",
			"AWS_ENDPOINT_DISCOVERY_ENABLED", "AWS_S3_US_EAST_1_REGIONAL_ENDPOINT",
			"AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", "AWS_ACCOUNT_ID_ENDPOINT_MODE",
			"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "AWS_DISABLE_REQUEST_COMPRESSION",
			"AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "AWS_REQUEST_CHECKSUM_CALCULATION",
			"AWS_RESPONSE_CHECKSUM_VALIDATION",
			// and those of profiles
			"ENDPOINT_DISCOVERY_ENABLED", "S3_US_EAST_1_REGIONAL_ENDPOINT", "DISABLE_S3_EXPRESS_AUTH",
			"ACCOUNT_ID_ENDPOINT_MODE", "IGNORE_CONFIGURED_ENDPOINT_URLS", "DISABLE_REQUEST_COMPRESSION",
			"REQUEST_MIN_COMPRESSION_SIZE_BYTES", "REQUEST_CHECKSUM_CALCULATION", "RESPONSE_CHECKSUM_VALIDATION");

	@Test
	void whenSdkHasASettingThenItHasOnePlaceHere() {
		List<String> classified = Stream
			.of(CREDENTIALS_AND_REGION, USER_AGENT, CLIENT, OURS_IN_ANY_CASE, OTHER_SERVICES)
			.flatMap(Set::stream)
			.toList();
		Set<String> settings = Arrays.stream(SdkSystemSetting.values())
			.map(Enum::name)
			.collect(Collectors.toCollection(TreeSet::new));
		profileProperties().stream().map(Field::getName).forEach(settings::add);
		assertThat(classified).containsExactlyInAnyOrderElementsOf(settings);
	}

	static List<Field> profileProperties() {
		return List.of(ProfileProperty.class.getFields());
	}

	@ParameterizedTest
	@EnumSource(SdkSystemSetting.class)
	void whenSettingIsSetThenClientIsUsedIfItMatters(SdkSystemSetting setting) {
		assertThat(isDirect(Map.of(setting.environmentVariable(), "true"))).isEqualTo(!CLIENT.contains(setting.name()));
		try (SystemProperties properties = new SystemProperties(Map.of(setting.property(), "true"))) {
			assertThat(isDirect(Map.of())).isEqualTo(!CLIENT.contains(setting.name()));
		}
	}

	@ParameterizedTest
	@MethodSource("profileProperties")
	void whenProfileHasAPropertyThenClientIsUsedIfItMatters(Field property, @TempDir Path directory)
			throws IOException, ReflectiveOperationException {
		Path file = Files.writeString(directory.resolve("config"), "[default]\n" + property.get(null) + " = true\n");
		try (SystemProperties properties = new SystemProperties(Map.of("aws.configFile", file.toString()))) {
			assertThat(isDirect(Map.of())).isEqualTo(!CLIENT.contains(property.getName()));
		}
	}

	private static boolean isDirect(Map<String, String> variables) {
		Map<String, String> properties = Map.of("spring.cloud.aws.region.static", "eu-central-1",
				"spring.cloud.aws.credentials.access-key", "fake", "spring.cloud.aws.credentials.secret-key", "fake");
		return new DirectRules(HttpReader.clients(properties, new DefaultBootstrapContext()).settings(), variables)
			.endpoint(Location.DEFAULT) != null;
	}

}
