package io.github.secretsboot.follow;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.github.secretsboot.follow.PropertyReader.Reading;
import io.github.secretsboot.properties.Property;
import io.github.secretsboot.properties.PropertyIndex;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertyResolver;

/**
 * Finds the properties of secrets that a client has its user name and password from. By
 * their values: however they got there, a client whose password is the value of a secret
 * has it from that secret. Where several properties have the same value, those count that
 * the configuration of the client refers to, and then those that are named for what they
 * are.
 */
public class CredentialsFinder {

	private static final Log logger = LogFactory.getLog(CredentialsFinder.class);

	private static final Pattern USERNAME = Pattern.compile("(user|login|uid|principal|owner|account|role)(name|id)?$");

	private static final Pattern SEPARATORS = Pattern.compile("[^a-z0-9]");

	private final PropertyReader properties;

	private final ReferencedProperties references;

	CredentialsFinder(PropertyReader properties, ReferencedProperties references) {
		this.properties = properties;
		this.references = references;
	}

	/**
	 * Find where credentials come from that may be part of something longer, such as a
	 * URL.
	 * @param beanName the name of the client's bean
	 * @param credentials what the client has been given
	 * @param configured reads what the client would be given by its configuration
	 * @return the source, or nothing if the password is no secret's
	 */
	public Optional<CredentialsSource> find(String beanName, Credentials credentials, CredentialsSource configured) {
		Reading<Credentials> reading = this.properties.read(configured::read);
		boolean explains = credentials.equals(reading.value()) && !reading.propertyNames().isEmpty();
		return explains ? Optional.of(configured) : find(beanName, credentials);
	}

	/**
	 * Find where credentials come from.
	 * @param beanName the name of the client's bean
	 * @param credentials what the client has been given
	 * @return the source, or nothing if the password is no secret's
	 */
	public Optional<CredentialsSource> find(String beanName, Credentials credentials) {
		PropertyIndex index = this.properties.index();
		List<Property> passwords = withValue(index, credentials.password());
		if (passwords.size() > 1) {
			Set<String> referenced = this.references.of(beanName, "password");
			passwords = orElse(passwords, (property) -> referenced.contains(property.name()));
		}
		List<Property> usernames = withValue(index, credentials.username());
		// Of two secrets with one password, the one with the user name of the client is
		// meant
		passwords = orElse(passwords,
				(password) -> usernames.stream().anyMatch((username) -> areOfSameSecret(username, password)));
		if (passwords.stream().map((property) -> property.snapshot().secretName()).distinct().count() > 1) {
			logger.warn("'" + beanName + "' does not follow any secret: " + names(passwords)
					+ " have the same value, and its configuration does not say which one it is");
			return Optional.empty();
		}
		if (passwords.isEmpty()) {
			return Optional.empty();
		}
		Property password = passwords.get(0);
		Property username = username(usernames, password, this.references.of(beanName, "username"));
		return Optional.of(new SecretProperties((username != null) ? username.name() : null, password.name(),
				credentials.username()));
	}

	private List<Property> withValue(PropertyIndex index, @Nullable String value) {
		return (value == null) ? List.of()
				: index.properties()
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
		return one.snapshot().secretName().equals(other.snapshot().secretName());
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
			.map((property) -> "'" + property.name() + "' of " + property.snapshot().secretName())
			.toList();
	}

	/**
	 * Reads properties of secrets, whatever else overrides them.
	 *
	 * @param usernameProperty the property that the user name is the value of, or
	 * {@code null} if it comes from no secret
	 * @param passwordProperty the property that the password is the value of
	 * @param username the user name that comes from no secret
	 */
	private record SecretProperties(@Nullable String usernameProperty, String passwordProperty,
			@Nullable String username) implements CredentialsSource {

		@Override
		public @Nullable Credentials read(Environment environment) {
			PropertyResolver secrets = PropertyReader.secrets(environment);
			String name = (this.usernameProperty != null) ? secrets.getProperty(this.usernameProperty) : this.username;
			String password = secrets.getProperty(this.passwordProperty);
			boolean named = name != null || this.usernameProperty == null;
			return (password != null && named) ? new Credentials(name, password) : null;
		}

	}

}
