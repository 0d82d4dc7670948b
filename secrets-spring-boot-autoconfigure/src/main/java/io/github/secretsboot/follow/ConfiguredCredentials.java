package io.github.secretsboot.follow;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Reads credentials as a client is configured: from a URL, or else from properties of
 * their own.
 *
 * @param urlProperty the name of the property that is a URL, or several
 * @param usernameProperty the name of the property that is a user name
 * @param passwordProperty the name of the property that is a password
 */
public record ConfiguredCredentials(String urlProperty, String usernameProperty,
		String passwordProperty) implements CredentialsSource {

	private static final Pattern USER_INFO = Pattern.compile("//([^/,]*)@");

	@Override
	public @Nullable Credentials read(Environment environment) {
		String url = environment.getProperty(this.urlProperty);
		Matcher userInfo = USER_INFO.matcher((url != null) ? url : "");
		if (userInfo.find()) {
			return ofUserInfo(userInfo.group(1));
		}
		String password = environment.getProperty(this.passwordProperty);
		return (password != null) ? new Credentials(environment.getProperty(this.usernameProperty), password) : null;
	}

	private static Credentials ofUserInfo(String userInfo) {
		int colon = userInfo.indexOf(':');
		String username = (colon > 0) ? decode(userInfo.substring(0, colon)) : null;
		return new Credentials(username, decode(userInfo.substring(colon + 1)));
	}

	private static String decode(String text) {
		return StringUtils.uriDecode(text, StandardCharsets.UTF_8);
	}

}
