package io.github.secretsboot.mapping;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The content of a database secret: the keys that Amazon RDS, Aurora and Redshift use,
 * only user name and password as in the secrets that Amazon RDS manages, or a URL. Keys
 * are found in any case, with or without underscores; other keys do not matter.
 */
final class DatabaseSecret {

	private static final Map<DatabaseTarget, List<String>> URL_KEYS = Map.of(DatabaseTarget.DATASOURCE,
			List.of("jdbcurl", "jdbcdatabaseurl", "databaseurl", "url", "uri"), DatabaseTarget.R2DBC,
			List.of("r2dbcurl", "databaseurl", "url", "uri"));

	private final Map<String, String> keys = new HashMap<>();

	private final Map<String, String> values = new HashMap<>();

	DatabaseSecret(Map<String, String> contents) {
		contents.forEach((key, value) -> {
			String plain = key.replaceAll("[_-]", "").toLowerCase(Locale.ROOT);
			// Of two spellings AWS's own counts
			if (plain.equals(key) || !this.keys.containsKey(plain)) {
				this.keys.put(plain, key);
				this.values.put(plain, value);
			}
		});
	}

	/**
	 * Read what the secret says.
	 * @param target what it is for
	 * @return where the database is and who logs in
	 * @throws MalformedSecretException if a key is missing or wrong
	 */
	DatabaseLogin login(DatabaseTarget target) {
		String username = first("username", "user");
		String password = first("password");
		for (String key : URL_KEYS.getOrDefault(target, List.of())) {
			String url = text(key);
			if (url != null) {
				return DatabaseUrl.parse(url, target, "the URL in key '" + this.keys.get(key) + "'")
					.with(username, password);
			}
		}
		DatabaseAddress address = address();
		require(username != null, "username");
		require(password != null, "password");
		return new DatabaseLogin((address != null) ? address.url(target) : null, username, password);
	}

	private @Nullable DatabaseAddress address() {
		String host = first("host", "hostname");
		if (host == null) {
			boolean address = Stream.of("engine", "port", "dbname", "database").anyMatch((key) -> text(key) != null);
			require(!address, "host");
			requireAnything();
			return null;
		}
		DatabaseEngine engine = engine();
		String sid = (engine == DatabaseEngine.ORACLE) ? text("sid") : null;
		String service = (engine == DatabaseEngine.ORACLE) ? text("servicename") : null;
		String database = (service != null) ? service : first("dbname", "database");
		return new DatabaseAddress(engine, hosts(host, engine), database, sid, List.of(), "key 'host'");
	}

	private DatabaseEngine engine() {
		String name = text("engine");
		if (name == null) {
			throw missing("engine");
		}
		DatabaseEngine engine = DatabaseEngine.find(name);
		if (engine == null) {
			throw new MalformedSecretException(
					"key 'engine' must name one of the databases " + DatabaseEngine.allNames());
		}
		return engine;
	}

	private List<DatabaseHost> hosts(String host, DatabaseEngine engine) {
		String text = text("port");
		if (text == null) {
			return DatabaseHost.parse(host, engine.port(), "key 'host'");
		}
		int port = DatabaseHost.port(text, "key 'port'");
		List<DatabaseHost> hosts = DatabaseHost.parse(host, port, "key 'host'");
		if (hosts.stream().anyMatch((candidate) -> candidate.port() != port)) {
			throw new MalformedSecretException("keys 'host' and 'port' name different ports");
		}
		return hosts;
	}

	private void requireAnything() {
		if (first("username", "user") == null && first("password") == null) {
			throw new MalformedSecretException(
					"the secret has none of the keys of a database secret: engine, host, port,"
							+ " dbname, username, password, or DATABASE_URL");
		}
	}

	private @Nullable String first(String... names) {
		return Stream.of(names).filter(this.values::containsKey).findFirst().map(this::value).orElse(null);
	}

	/** A password can be empty or have blanks at its ends. */
	private @Nullable String value(String name) {
		return List.of("password", "username", "user").contains(name) ? this.values.get(name) : text(name);
	}

	private @Nullable String text(String name) {
		String value = this.values.get(name);
		return (value != null && !value.isBlank()) ? value.strip() : null;
	}

	private static void require(boolean condition, String key) {
		if (!condition) {
			throw missing(key);
		}
	}

	private static MalformedSecretException missing(String key) {
		return new MalformedSecretException("key '" + key + "' of a database secret is missing");
	}

	@Override
	public String toString() {
		return "DatabaseSecret";
	}

}
