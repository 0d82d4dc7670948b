package io.github.secretsboot.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Collects the user name and the password that are found in a URL while it is taken
 * apart.
 */
class UrlCredentials {

	private static final Pattern PARAMETER_NAME = Pattern.compile("[\\w.\\- ]+");

	private static final Pattern OTHER_SECRET = Pattern.compile(".*(password|passwd|passphrase|pwd|secret|token)\\d*");

	private final String where;

	private @Nullable String username;

	private @Nullable String password;

	UrlCredentials(String where) {
		this.where = where;
	}

	/**
	 * Take what precedes the host.
	 * @param userInfo user name and password, separated by a colon, percent-encoded
	 * @param plusIsBlank whether a plus sign stands for a blank
	 */
	void addUserInfo(String userInfo, boolean plusIsBlank) {
		int colon = userInfo.indexOf(':');
		String name = (colon >= 0) ? userInfo.substring(0, colon) : userInfo;
		if (!name.isEmpty()) {
			addUsername(PercentEncoding.decode(name, plusIsBlank, "the user name in " + this.where));
		}
		if (colon >= 0) {
			addPassword(PercentEncoding.decode(userInfo.substring(colon + 1), plusIsBlank,
					"the password in " + this.where));
		}
	}

	/**
	 * Take the user name and the password out of parameters.
	 * @param parameters the parameters, each with its name and value
	 * @param decoder decodes the value of a parameter
	 * @return the other parameters
	 * @throws MalformedSecretException if there are other passwords among them
	 */
	List<String> extract(List<String> parameters, UnaryOperator<String> decoder) {
		List<String> others = new ArrayList<>();
		for (String parameter : parameters) {
			if (!parameter.isBlank() && !isExtracted(parameter, decoder)) {
				others.add(parameter);
			}
		}
		return others;
	}

	private boolean isExtracted(String parameter, UnaryOperator<String> decoder) {
		int equals = parameter.indexOf('=');
		String name = (equals >= 0) ? parameter.substring(0, equals) : "";
		if (!PARAMETER_NAME.matcher(name).matches()) {
			throw new MalformedSecretException(this.where + " has a parameter that is not of the form name=value;"
					+ " special characters in user name and password must be percent-encoded");
		}
		String value = parameter.substring(equals + 1);
		switch (name.strip().toLowerCase(Locale.ROOT).replace(" ", "")) {
			case "user", "username", "uid" -> addUsername(decoder.apply(value));
			case "password", "pwd" -> addPassword(decoder.apply(value));
			default -> {
				requireNoSecret(name);
				return false;
			}
		}
		return true;
	}

	private void requireNoSecret(String name) {
		if (OTHER_SECRET.matcher(name.strip().toLowerCase(Locale.ROOT)).matches()) {
			throw new MalformedSecretException(this.where + " has another password or token than the user's among its"
					+ " parameters; URLs get logged: set it as a property of the driver");
		}
	}

	void addUsername(String username) {
		if (this.username != null && !this.username.equals(username)) {
			throw new MalformedSecretException(this.where + " has two user names");
		}
		this.username = username;
	}

	void addPassword(String password) {
		if (this.password != null && !this.password.equals(password)) {
			throw new MalformedSecretException(this.where + " has two passwords");
		}
		this.password = password;
	}

	DatabaseLogin login(String url) {
		return new DatabaseLogin(url, this.username, this.password);
	}

	@Override
	public String toString() {
		return "UrlCredentials";
	}

}
