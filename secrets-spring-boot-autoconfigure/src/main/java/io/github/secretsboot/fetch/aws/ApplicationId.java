package io.github.secretsboot.fetch.aws;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.profiles.ProfileProperty;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Who reads a secret, for the user agent, which CloudTrail records, and for the names of
 * role sessions.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/sdkref/latest/guide/feature-appid.html">Application ID</a>
 */
final class ApplicationId {

	private static final int MAX_LENGTH = 50;

	private ApplicationId() {
	}

	/**
	 * The name of the application in what AWS allows for an application id.
	 */
	static @Nullable String of(Environment environment) {
		String name = environment.getProperty("spring.application.name");
		if (!StringUtils.hasText(name)) {
			return null;
		}
		String id = sanitize(name);
		return (id.length() <= MAX_LENGTH) ? id : id.substring(0, MAX_LENGTH);
	}

	/**
	 * What the user has set where the SDK looks for an application id.
	 */
	static Optional<String> configured() {
		return SdkSystemSetting.AWS_SDK_UA_APP_ID.getStringValue().or(ApplicationId::profileProperty);
	}

	/**
	 * The user agent of requests that the SDK does not send.
	 */
	static String userAgent(@Nullable String applicationId) {
		String version = ApplicationId.class.getPackage().getImplementationVersion();
		StringBuilder agent = new StringBuilder("secrets-spring-boot");
		agent.append((version != null) ? "/" + version : "");
		agent.append(" ua/2.1 lang/java#").append(System.getProperty("java.version"));
		SdkSystemSetting.AWS_EXECUTION_ENV.getStringValue()
			.ifPresent((environment) -> agent.append(" exec-env/").append(sanitize(environment)));
		configured().or(() -> Optional.ofNullable(applicationId))
			.ifPresent((id) -> agent.append(" app/").append(sanitize(id)));
		return agent.toString();
	}

	private static String sanitize(String name) {
		return name.strip().replaceAll("[^A-Za-z0-9._-]+", "-");
	}

	private static Optional<String> profileProperty() {
		return ProfileFile.defaultProfileFile()
			.profile(ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow())
			.flatMap((profile) -> profile.property(ProfileProperty.SDK_UA_APP_ID));
	}

}
