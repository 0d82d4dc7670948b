package io.github.secretsboot.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes user name and password out of a JDBC or R2DBC URL and leaves the rest as it is.
 * What could be a password and cannot be taken out is refused: URLs get logged.
 */
final class DriverUrl {

	private static final Pattern ORACLE = Pattern.compile(
			"(jdbc:oracle:\\w+:)(\"[^\"]*\"|[^@/\"]*)(?:/(\"[^\"]*\"|[^@\"]*))?(@[^@?]*(?:\\?.*)?)",
			Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	private static final Pattern LEFT_OVER = Pattern.compile("(password|passwd|pwd)\\s*=", Pattern.CASE_INSENSITIVE);

	private static final Pattern HOSTS = Pattern
		.compile("(?:(?:\\[[\\p{XDigit}:.%]+]|[\\w.\\\\-]*)(?::\\d{1,5})?)(?:,(?:\\[[\\p{XDigit}:.%]+]|[\\w.\\\\-]*)"
				+ "(?::\\d{1,5})?)*|[\\w=,:.()-]*\\(.*\\)");

	private static final String SLASHES = "://";

	private final String where;

	private final String lower;

	private final UrlCredentials credentials;

	private DriverUrl(String url, String where) {
		this.where = where;
		this.lower = url.toLowerCase(Locale.ROOT);
		this.credentials = new UrlCredentials(where);
	}

	/**
	 * Take user name and password out of a URL.
	 * @param url the URL
	 * @param where what of the secret it is, for people
	 * @return the URL without them, and them
	 * @throws MalformedSecretException if they cannot be told from the rest
	 */
	static DatabaseLogin split(String url, String where) {
		return new DriverUrl(url, where).split(url);
	}

	private DatabaseLogin split(String url) {
		String remainder = this.lower.startsWith("jdbc:oracle:") ? withoutOracleLogin(url) : withoutUserInfo(url);
		String result = withoutParameters(remainder);
		if (LEFT_OVER.matcher(result).find()) {
			throw new MalformedSecretException(this.where + " has a password that cannot be removed from it");
		}
		return this.credentials.login(result);
	}

	/** {@code jdbc:oracle:thin:user/password@…}, with the password in quotes or not. */
	private String withoutOracleLogin(String url) {
		Matcher matcher = ORACLE.matcher(url);
		if (!matcher.matches()) {
			if (url.indexOf('@') >= 0) {
				throw new MalformedSecretException(this.where + " is not of the form jdbc:oracle:thin:user/password@…;"
						+ " a password with special characters must be in double quotes");
			}
			return url;
		}
		if (!matcher.group(2).isEmpty()) {
			this.credentials.addUsername(withoutQuotes(matcher.group(2)));
		}
		if (matcher.group(3) != null) {
			this.credentials.addPassword(withoutQuotes(matcher.group(3)));
		}
		return matcher.group(1) + matcher.group(4);
	}

	private static String withoutQuotes(String text) {
		return (text.length() > 1 && text.startsWith("\"") && text.endsWith("\""))
				? text.substring(1, text.length() - 1) : text;
	}

	private String withoutUserInfo(String url) {
		int start = url.indexOf(SLASHES);
		if (start < 0) {
			return url;
		}
		start += SLASHES.length();
		UrlParts parts = UrlParts.of(url.substring(start), "/?;");
		if (parts.userInfo() != null) {
			this.credentials.addUserInfo(parts.userInfo(), isFormEncoded());
		}
		int parameters = indexOfAny(parts.rest(), isDb2() ? "?;:" : "?;");
		String path = (parameters >= 0) ? parts.rest().substring(0, parameters) : parts.rest();
		if (path.indexOf('@') >= 0 || !HOSTS.matcher(parts.host()).matches()) {
			throw mustBeEncoded();
		}
		return url.substring(0, start) + parts.host() + parts.rest();
	}

	private MalformedSecretException mustBeEncoded() {
		return new MalformedSecretException(this.where + " is not of the form jdbc:…://host:port/database; special"
				+ " characters in user name and password must be percent-encoded");
	}

	private String withoutParameters(String url) {
		int start = parametersStart(url);
		if (start < 0) {
			return url;
		}
		boolean query = url.charAt(start) == '?';
		List<String> parameters = query ? List.of(url.substring(start + 1).split("&"))
				: semicolonSeparated(url.substring(start + 1));
		List<String> others = this.credentials.extract(parameters, decoder(query));
		// What looks like a parameter could be the rest of a password
		if (others.stream().anyMatch((parameter) -> parameter.indexOf('@') >= 0)) {
			throw mustBeEncoded();
		}
		String base = url.substring(0, start);
		if (others.isEmpty()) {
			return base;
		}
		return base + url.charAt(start) + String.join(query ? "&" : ";", others) + (isDb2() ? ";" : "");
	}

	private int parametersStart(String url) {
		if (isDb2()) {
			int slashes = url.indexOf(SLASHES);
			int path = (slashes >= 0) ? url.indexOf('/', slashes + SLASHES.length()) : -1;
			int colon = (path >= 0) ? url.indexOf(':', path) : -1;
			if (colon >= 0) {
				return colon;
			}
		}
		return indexOfAny(url, "?;");
	}

	private static int indexOfAny(String text, String characters) {
		for (int i = 0; i < text.length(); i++) {
			if (characters.indexOf(text.charAt(i)) >= 0) {
				return i;
			}
		}
		return -1;
	}

	/** A value in braces may have semicolons. */
	private List<String> semicolonSeparated(String text) {
		List<String> parameters = new ArrayList<>();
		boolean inBraces = false;
		int start = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '{' && i > 0 && text.charAt(i - 1) == '=' && isSqlServer()) {
				inBraces = true;
			}
			else if (c == '}' && inBraces) {
				boolean doubled = i + 1 < text.length() && text.charAt(i + 1) == '}';
				inBraces = doubled;
				i += doubled ? 1 : 0;
			}
			else if (c == ';' && !inBraces) {
				parameters.add(text.substring(start, i));
				start = i + 1;
			}
		}
		parameters.add(text.substring(start));
		return parameters;
	}

	private UnaryOperator<String> decoder(boolean query) {
		if (!query) {
			return isSqlServer() ? DriverUrl::withoutBraces : UnaryOperator.identity();
		}
		if (isFormEncoded()) {
			return (value) -> PercentEncoding.decode(value, true, "the query of " + this.where);
		}
		return (value) -> {
			if (!isMariaDb() && (value.indexOf('%') >= 0 || value.indexOf('+') >= 0)) {
				throw new MalformedSecretException(this.where + " has a user name or password with a '%' or '+' in its"
						+ " query, which could be encoded or not; put it into a key of its own");
			}
			return value;
		};
	}

	private static String withoutBraces(String value) {
		return (value.startsWith("{") && value.endsWith("}"))
				? value.substring(1, value.length() - 1).replace("}}", "}") : value;
	}

	private boolean isDb2() {
		return this.lower.startsWith("jdbc:db2:");
	}

	private boolean isSqlServer() {
		return this.lower.startsWith("jdbc:sqlserver:") || this.lower.startsWith("jdbc:jtds:sqlserver:");
	}

	/** Whose driver takes parameters as they are. */
	private boolean isMariaDb() {
		return this.lower.startsWith("jdbc:mariadb:");
	}

	/** Whether the driver decodes its URL as {@link java.net.URLDecoder} does. */
	private boolean isFormEncoded() {
		return Stream.of("r2dbc", "jdbc:postgresql:", "jdbc:mysql:", "jdbc:redshift:").anyMatch(this.lower::startsWith);
	}

}
