package io.github.secretsboot.mapping;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Takes the URL of a database apart: one as platforms hand it out
 * ({@code postgresql://user:password@host:5432/db?sslmode=require}), or one that is a
 * JDBC or R2DBC URL already. User name and password are taken out of either.
 */
final class DatabaseUrl {

	private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9]*)(?:\\+[\\w-]+)?://(.*)",
			Pattern.DOTALL);

	private static final String MUST_BE_ENCODED = "; special characters in user name and password must be"
			+ " percent-encoded ('@' as '%40', '/' as '%2F', '#' as '%23', '?' as '%3F')";

	private DatabaseUrl() {
	}

	/**
	 * Take a URL apart.
	 * @param url the URL
	 * @param target what it is for
	 * @param where what of the secret it is, for people
	 * @return the URL for the target, and the user name and password that it had
	 * @throws MalformedSecretException if it is no such URL
	 */
	static DatabaseLogin parse(String url, DatabaseTarget target, String where) {
		String lower = url.toLowerCase(Locale.ROOT);
		DatabaseTarget written = lower.startsWith("jdbc:") ? DatabaseTarget.DATASOURCE
				: (lower.startsWith("r2dbc:") || lower.startsWith("r2dbcs:")) ? DatabaseTarget.R2DBC : null;
		if (written == null) {
			return parsePlatformUrl(url, target, where);
		}
		if (written != target) {
			throw new MalformedSecretException(where + " is a URL of " + name(written) + ", not of " + name(target)
					+ ": set 'as: " + name(written) + "', or write the URL with the scheme of the database");
		}
		return DriverUrl.split(url, where);
	}

	private static String name(DatabaseTarget target) {
		return target.name().toLowerCase(Locale.ROOT);
	}

	private static DatabaseLogin parsePlatformUrl(String url, DatabaseTarget target, String where) {
		Matcher matcher = SCHEME.matcher(url);
		if (!matcher.matches()) {
			throw new MalformedSecretException(where + " is not the URL of a database");
		}
		DatabaseEngine engine = DatabaseEngine.find(matcher.group(1));
		if (engine == null) {
			throw new MalformedSecretException(
					where + " is not the URL of one of the databases " + DatabaseEngine.allNames());
		}
		UrlParts parts = UrlParts.of(matcher.group(2), "/?#");
		// What looks like the path could be the rest of a password with a slash
		if (parts.rest().indexOf('@') >= 0 || parts.rest().indexOf('#') >= 0) {
			throw new MalformedSecretException(where + " has an '@' or '#' behind its host" + MUST_BE_ENCODED);
		}
		UrlCredentials credentials = new UrlCredentials(where);
		if (parts.userInfo() != null) {
			credentials.addUserInfo(parts.userInfo(), false);
		}
		int question = parts.rest().indexOf('?');
		String path = (question >= 0) ? parts.rest().substring(0, question) : parts.rest();
		List<String> parameters = (question >= 0) ? List.of(parts.rest().substring(question + 1).split("&"))
				: List.of();
		List<String> others = credentials.extract(parameters,
				(value) -> PercentEncoding.decode(value, false, "the query of " + where));
		DatabaseAddress address = new DatabaseAddress(engine,
				DatabaseHost.parse(parts.host(), engine.port(), "the host in " + where), database(path, where), null,
				others, where);
		return credentials.login(address.url(target));
	}

	private static @Nullable String database(String path, String where) {
		String name = path.startsWith("/") ? path.substring(1) : path;
		if (name.indexOf('/') >= 0) {
			throw new MalformedSecretException(where + " has a path of more than one segment" + MUST_BE_ENCODED);
		}
		return name.isEmpty() ? null : PercentEncoding.decode(name, false, "the path of " + where);
	}

}
