package io.github.secretsboot.datasource;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;

import io.github.secretsboot.SecretSnapshot;
import io.github.secretsboot.refresh.PropertyIndex;
import io.github.secretsboot.refresh.Property;
import org.jspecify.annotations.Nullable;

/**
 * The properties of secrets that the user name and the password of a pool come from. Both
 * are read from one immutable state, so that they belong together. Any thread may ask.
 */
final class CredentialSource {

	private final Supplier<PropertyIndex> properties;

	private final @Nullable String usernameProperty;

	private final String passwordProperty;

	private volatile DatabaseCredentials last;

	/**
	 * Create a source.
	 * @param properties the properties that are in use
	 * @param usernameProperty the property that the user name is the value of, or
	 * {@code null} if it comes from no secret
	 * @param passwordProperty the property that the password is the value of
	 * @param initial the credentials that the pool has been given
	 */
	CredentialSource(Supplier<PropertyIndex> properties, @Nullable String usernameProperty, String passwordProperty,
			DatabaseCredentials initial) {
		this.properties = properties;
		this.usernameProperty = usernameProperty;
		this.passwordProperty = passwordProperty;
		this.last = initial;
	}

	/**
	 * The credentials that are in use.
	 * @return the credentials, or the last ones if the secret no longer has both
	 */
	DatabaseCredentials current() {
		PropertyIndex index = this.properties.get();
		DatabaseCredentials current = read((name) -> value(index.find(name)));
		if (current != null && !current.equals(this.last)) {
			this.last = current;
		}
		return this.last;
	}

	/**
	 * The credentials as they would be if a candidate was put to use.
	 * @param candidate the new version of a secret
	 * @return the credentials, or the current ones if the candidate has no part in them
	 */
	DatabaseCredentials with(SecretSnapshot candidate) {
		PropertyIndex index = this.properties.get();
		DatabaseCredentials credentials = read((name) -> {
			Property property = index.find(name);
			boolean rotates = property != null && property.snapshot().getSecretName().equals(candidate.getSecretName());
			return rotates ? candidate.get(name) : value(property);
		});
		return (credentials != null) ? credentials : current();
	}

	private @Nullable DatabaseCredentials read(Lookup lookup) {
		String name = (this.usernameProperty != null) ? lookup.find(this.usernameProperty) : this.last.username();
		String password = lookup.find(this.passwordProperty);
		return (name != null && password != null) ? new DatabaseCredentials(name, password) : null;
	}

	private static @Nullable String value(@Nullable Property property) {
		return (property != null && property.value() instanceof String text) ? text : null;
	}

	/**
	 * The properties that a rotation may change.
	 * @return their names
	 */
	Set<String> propertyNames() {
		Set<String> names = new LinkedHashSet<>();
		if (this.usernameProperty != null) {
			names.add(this.usernameProperty);
		}
		names.add(this.passwordProperty);
		return names;
	}

	/**
	 * The secrets that have these properties.
	 * @return their names
	 */
	Set<String> secretNames() {
		PropertyIndex index = this.properties.get();
		Set<String> names = new LinkedHashSet<>();
		for (String name : propertyNames()) {
			Property property = index.find(name);
			if (property != null) {
				names.add(property.snapshot().getSecretName());
			}
		}
		return names;
	}

	/**
	 * Finds the value of a property.
	 */
	@FunctionalInterface
	private interface Lookup {

		@Nullable String find(String name);

	}

}
