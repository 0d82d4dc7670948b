package io.github.secretsboot.datasource;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.github.secretsboot.refresh.PropertyIndex;
import io.github.secretsboot.refresh.Property;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Finds the properties of secrets that a pool has its user name and password from, by
 * their values: however they got there, a pool whose password is the value of a secret
 * has it from that secret. Where several properties have the same value, those count that
 * the configuration of the pool refers to, and then those that are named for what they
 * are.
 */
class CredentialSourceFinder {

	private static final Log logger = LogFactory.getLog(CredentialSourceFinder.class);

	private static final Pattern USERNAME = Pattern.compile("(user|login|uid|principal|owner|account|role)(name|id)?$");

	private static final Pattern SEPARATORS = Pattern.compile("[^a-z0-9]");

	private final Supplier<PropertyIndex> properties;

	private final ReferencedProperties references;

	CredentialSourceFinder(Supplier<PropertyIndex> properties, ReferencedProperties references) {
		this.properties = properties;
		this.references = references;
	}

	/**
	 * Find the source of a pool's credentials.
	 * @param beanName the name of the pool's bean
	 * @param credentials what the pool has been given
	 * @return the source, or nothing if the password is no secret's
	 */
	Optional<CredentialSource> find(String beanName, DatabaseCredentials credentials) {
		PropertyIndex index = this.properties.get();
		List<Property> passwords = withValue(index, credentials.password());
		if (passwords.size() > 1) {
			Set<String> referenced = this.references.of(beanName, "password");
			passwords = orElse(passwords, (property) -> referenced.contains(property.name()));
		}
		List<Property> usernames = withValue(index, credentials.username());
		// Of two secrets with one password, the one with the user name of the pool is
		// meant
		passwords = orElse(passwords,
				(password) -> usernames.stream().anyMatch((username) -> areOfSameSecret(username, password)));
		if (passwords.stream().map((property) -> property.snapshot().getSecretName()).distinct().count() > 1) {
			logger.warn("Pool '" + beanName + "' does not follow any secret: " + names(passwords)
					+ " have the same value, and its configuration does not say which one it is");
			return Optional.empty();
		}
		if (passwords.isEmpty()) {
			return Optional.empty();
		}
		Property password = passwords.get(0);
		Property username = username(usernames, password, this.references.of(beanName, "username"));
		return Optional.of(new CredentialSource(this.properties, (username != null) ? username.name() : null,
				password.name(), credentials));
	}

	private List<Property> withValue(PropertyIndex index, String value) {
		return index.properties()
			.values()
			.stream()
			.distinct()
			.filter((property) -> value.equals(property.value()))
			.toList();
	}

	private static List<Property> orElse(List<Property> candidates, Predicate<Property> filter) {
		List<Property> filtered = candidates.stream().filter(filter).toList();
		return filtered.isEmpty() ? candidates : filtered;
	}

	/**
	 * The database may well have the same name as its user, which may be no secret.
	 */
	private static @Nullable Property username(List<Property> candidates, Property password, Set<String> referenced) {
		return candidates.stream()
			.filter((candidate) -> !candidate.name().equals(password.name()))
			.filter((candidate) -> referenced.contains(candidate.name())
					|| (areOfSameSecret(candidate, password) && isNamedUsername(candidate)))
			.max(Comparator.<Property, Boolean>comparing((candidate) -> referenced.contains(candidate.name()))
				.thenComparing((candidate) -> commonPrefix(candidate.name(), password.name())))
			.orElse(null);
	}

	private static boolean areOfSameSecret(Property one, Property other) {
		return one.snapshot().getSecretName().equals(other.snapshot().getSecretName());
	}

	private static boolean isNamedUsername(Property property) {
		return USERNAME.matcher(SEPARATORS.matcher(property.name().toLowerCase(Locale.ROOT)).replaceAll("")).find();
	}

	private static int commonPrefix(String one, String other) {
		int length = 0;
		while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
			length++;
		}
		return length;
	}

	private static List<String> names(List<Property> properties) {
		return properties.stream()
			.map((property) -> "'" + property.name() + "' of " + property.snapshot().getSecretName())
			.toList();
	}

}
