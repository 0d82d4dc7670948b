package io.github.secretsboot.fetch.aws;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.awspring.cloud.autoconfigure.config.secretsmanager.SecretsManagerClientCustomizer;
import io.awspring.cloud.autoconfigure.core.AwsProperties;
import io.github.secretsboot.fetch.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
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

	private static final List<String> VARIABLES = List.of("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SECRETS_MANAGER",
			"AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT", "AWS_DEFAULTS_MODE", "AWS_PARTITIONS_FILE",
			"AWS_AUTH_SCHEME_PREFERENCE", "AWS_SIGV4A_SIGNING_REGION_SET", "HTTP_PROXY", "http_proxy", "HTTPS_PROXY",
			"https_proxy");

	private static final List<String> SYSTEM_PROPERTIES = List.of("aws.endpointUrl", "aws.endpointUrlSecretsManager",
			"aws.useFipsEndpoint", "aws.useDualstackEndpoint", "aws.defaultsMode", "aws.partitionsFile",
			"aws.authSchemePreference", "aws.sigv4a.signing.region.set", "http.proxyHost", "https.proxyHost");

	private static final List<String> PROFILE_PROPERTIES = List.of("endpoint_url", "services", "use_fips_endpoint",
			"use_dualstack_endpoint", "defaults_mode", "auth_scheme_preference", "sigv4a_signing_region_set");

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
		return (url != null) ? new JsonEndpoint(url, region, this.settings.credentials(),
				ApplicationId.userAgent(this.settings.applicationId()), Clock.systemUTC()) : null;
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
				|| VARIABLES.stream().anyMatch(this.variables::containsKey)
				|| SYSTEM_PROPERTIES.stream().anyMatch((name) -> System.getProperty(name) != null);
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
