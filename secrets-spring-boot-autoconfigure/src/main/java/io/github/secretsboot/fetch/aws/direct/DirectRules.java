package io.github.secretsboot.fetch.aws.direct;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.awspring.cloud.autoconfigure.config.secretsmanager.SecretsManagerClientCustomizer;
import io.awspring.cloud.autoconfigure.core.AwsProperties;
import io.github.secretsboot.fetch.Location;
import io.github.secretsboot.fetch.aws.AwsSettings;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.profiles.ProfileProperty;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import org.springframework.util.ClassUtils;

/**
 * Whether secrets can be read without the SDK's client: only where nothing but region,
 * credentials and endpoint is configured, and the endpoint is known. Whatever else the
 * client could be told, wherever it looks for it, is a reason to use the client.
 */
class DirectRules {

	/**
	 * Regions of the partition {@code aws}, as the SDK's metadata of partitions describes
	 * them. In all of them the endpoint is derived in the same way.
	 */
	private static final Pattern REGION = Pattern.compile("(us|eu|ap|sa|ca|me|af|il|mx)-[a-z]+-\\d+");

	/**
	 * The settings of the SDK that only its client follows. A test knows what becomes of
	 * each of the others.
	 */
	private static final Set<SdkSystemSetting> SETTINGS = EnumSet.of(SdkSystemSetting.AWS_USE_FIPS_ENDPOINT,
			SdkSystemSetting.AWS_USE_DUALSTACK_ENDPOINT, SdkSystemSetting.AWS_DEFAULTS_MODE,
			SdkSystemSetting.AWS_PARTITIONS_FILE, SdkSystemSetting.AWS_AUTH_SCHEME_PREFERENCE,
			SdkSystemSetting.AWS_SIGV4A_SIGNING_REGION_SET);

	/**
	 * The same of the SDK's profiles, of which one leads to a section of its own.
	 */
	private static final Set<String> PROFILE_PROPERTIES = Set.of(ProfileProperty.ENDPOINT_URL, "services",
			ProfileProperty.USE_FIPS_ENDPOINT, ProfileProperty.USE_DUALSTACK_ENDPOINT, ProfileProperty.DEFAULTS_MODE,
			ProfileProperty.AUTH_SCHEME_PREFERENCE, ProfileProperty.SIGV4A_SIGNING_REGION_SET);

	/**
	 * What the SDK has no constants for.
	 */
	private static final List<String> VARIABLES = List.of("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SECRETS_MANAGER",
			"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy");

	private static final List<String> SYSTEM_PROPERTIES = List.of("aws.endpointUrl", "aws.endpointUrlSecretsManager",
			"http.proxyHost", "https.proxyHost");

	private static final List<String> INTERCEPTORS = List.of(
			"software/amazon/awssdk/global/handlers/execution.interceptors",
			"software/amazon/awssdk/services/secretsmanager/execution.interceptors");

	private final AwsSettings settings;

	private final Map<String, String> variables;

	DirectRules(AwsSettings settings, Map<String, String> variables) {
		this.settings = settings;
		this.variables = variables;
	}

	/**
	 * Where to send the requests for a location without the SDK's client.
	 * @return the endpoint, or {@code null} if the client is needed
	 * @throws software.amazon.awssdk.core.exception.SdkException if there is no region
	 */
	@Nullable JsonEndpoint endpoint(Location location) {
		if (location.roleArn() != null || isCustomized()) {
			return null;
		}
		HeadStart.sign();
		URI configured = this.settings.endpoint(location);
		if (configured == null || "https".equals(configured.getScheme())) {
			HeadStart.connect();
		}
		if (isConfigured() || isProfileConfigured() || isIntercepted()) {
			return null;
		}
		String region = this.settings.region(location);
		URL url = (configured != null) ? root(configured) : ofRegion(region);
		return (url != null) ? new JsonEndpoint(url, region, this.settings.credentials(), this.settings.userAgent(),
				Clock.systemUTC()) : null;
	}

	static @Nullable URL ofRegion(String region) {
		return REGION.matcher(region).matches()
				? root(URI.create("https://secretsmanager." + region + ".amazonaws.com")) : null;
	}

	private boolean isCustomized() {
		return this.settings.registered(SecretsManagerClient.class) != null
				|| this.settings.registered(AwsSyncClientCustomizer.class) != null
				|| this.settings.registered(SecretsManagerClientCustomizer.class) != null;
	}

	private boolean isConfigured() {
		AwsProperties common = this.settings.common();
		return common.getDefaultsMode() != null || common.getFipsEnabled() != null
				|| common.getDualstackEnabled() != null || this.settings.service().getDualstackEnabled() != null
				|| SETTINGS.stream().anyMatch(this::isSet) || VARIABLES.stream().anyMatch(this.variables::containsKey)
				|| SYSTEM_PROPERTIES.stream().anyMatch((name) -> System.getProperty(name) != null);
	}

	private boolean isSet(SdkSystemSetting setting) {
		return System.getProperty(setting.property()) != null
				|| this.variables.containsKey(setting.environmentVariable());
	}

	private static boolean isProfileConfigured() {
		Optional<Profile> profile = ProfileFile.defaultProfileFile()
			.profile(ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow());
		return profile.isPresent() && PROFILE_PROPERTIES.stream().anyMatch(profile.get().properties()::containsKey);
	}

	private static boolean isIntercepted() {
		ClassLoader loader = ClassUtils.getDefaultClassLoader();
		return loader != null && INTERCEPTORS.stream().anyMatch((name) -> loader.getResource(name) != null);
	}

	private static @Nullable URL root(URI endpoint) {
		boolean bare = (endpoint.getRawPath() == null || endpoint.getRawPath().isEmpty()
				|| endpoint.getRawPath().equals("/")) && endpoint.getRawQuery() == null
				&& endpoint.getRawUserInfo() == null && endpoint.getHost() != null;
		try {
			return (bare && List.of("http", "https").contains(endpoint.getScheme())) ? endpoint.resolve("/").toURL()
					: null;
		}
		catch (MalformedURLException ex) {
			return null;
		}
	}

}
