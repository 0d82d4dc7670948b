package io.github.secretsboot.mapping;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Where a database is and who logs in. The URL has neither the user name nor the
 * password: URLs get logged.
 *
 * @param url the URL, or {@code null} if the secret does not say where the database is
 * @param username the user name, or {@code null} if the secret has none
 * @param password the password, or {@code null} if the secret has none
 */
record DatabaseLogin(@Nullable String url, @Nullable String username, @Nullable String password) {

	/**
	 * The same with what a secret says in keys of their own.
	 */
	DatabaseLogin with(@Nullable String username, @Nullable String password) {
		return new DatabaseLogin(this.url, (username != null) ? username : this.username,
				(password != null) ? password : this.password);
	}

	Map<String, Object> properties(String prefix) {
		Map<String, Object> properties = new LinkedHashMap<>();
		put(prefix + "url", this.url, properties);
		put(prefix + "username", this.username, properties);
		put(prefix + "password", this.password, properties);
		return properties;
	}

	private static void put(String name, @Nullable String value, Map<String, Object> properties) {
		if (value != null) {
			properties.put(name, value);
		}
	}

	@Override
	public String toString() {
		return "DatabaseLogin";
	}

}
