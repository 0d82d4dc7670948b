package io.github.secretsboot.redact;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.secretsboot.env.SecretOrigin;
import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.properties.Property;
import io.github.secretsboot.properties.PropertyIndex;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.TypeMismatchException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Finds out which secrets a failure is about: by the names of properties that it tells,
 * and also by the values that its messages quote.
 */
final class FailureOrigins {

	private final @Nullable Environment environment;

	private final @Nullable SecretsPropertySource secrets;

	FailureOrigins(@Nullable Environment environment) {
		this.environment = environment;
		this.secrets = (environment instanceof ConfigurableEnvironment configurable && configurable.getPropertySources()
			.get(SecretsPropertySource.NAME) instanceof SecretsPropertySource source) ? source : null;
	}

	/** The properties of secrets that a failure is about. */
	Set<String> find(Throwable failure) {
		Set<String> found = new TreeSet<>();
		boolean explained = false;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			boundSecrets(cause).forEach(found::add);
			if (this.environment != null && this.secrets != null) {
				found.addAll(resolvedSecrets(cause, this.environment, this.secrets));
				PropertyIndex properties = this.secrets.state().properties();
				found.addAll(quotedSecrets(String.valueOf(cause.getMessage()), properties));
				// What these convert is known by its name
				explained |= cause instanceof BindException || cause instanceof TypeMismatchException;
				if (!explained && cause instanceof ConversionFailedException conversion) {
					found.addAll(secretsWith(String.valueOf(conversion.getValue()), properties));
				}
			}
		}
		return found;
	}

	private static Stream<String> boundSecrets(Throwable cause) {
		return properties(cause).filter((property) -> property.getOrigin() instanceof SecretOrigin)
			.map((property) -> property.getName().toString());
	}

	private static Set<String> resolvedSecrets(Throwable cause, Environment environment,
			SecretsPropertySource secrets) {
		Set<String> resolved = new TreeSet<>();
		texts(cause).forEach((text) -> resolved
			.addAll(Lookups.during(() -> environment.resolvePlaceholders(text), secrets).properties()));
		return resolved;
	}

	private static Set<String> quotedSecrets(String message, PropertyIndex properties) {
		Set<String> quoted = new TreeSet<>(properties.quotedIn(message));
		quoted.removeIf((name) -> {
			Property property = properties.find(name);
			return property != null && isPartOfWords(String.valueOf(property.value()), message);
		});
		return quoted;
	}

	/**
	 * A name such as {@code postgres} is in many messages, and is not what they quote.
	 */
	private static boolean isPartOfWords(String value, String message) {
		String word = "[\\p{L}\\p{N}]";
		return message.contains(value)
				&& !Pattern.compile("(?<!" + word + ")" + Pattern.quote(value) + "(?!" + word + ")")
					.matcher(message)
					.find();
	}

	private static Set<String> secretsWith(String part, PropertyIndex properties) {
		return properties.properties()
			.values()
			.stream()
			.filter((property) -> property.contains(part))
			.map(Property::name)
			.collect(Collectors.toSet());
	}

	/** What had been resolved when it failed. */
	private static Stream<String> texts(Throwable cause) {
		if (cause instanceof InvalidConfigurationPropertyValueException invalid) {
			return Stream.of("${" + invalid.getName() + "}");
		}
		if (cause instanceof PlaceholderResolutionException unresolved) {
			// A name that nobody has written comes from another placeholder
			boolean written = unresolved.getValues()
				.stream()
				.anyMatch((text) -> text.contains(unresolved.getPlaceholder()));
			return written ? Stream.empty() : unresolved.getValues().stream();
		}
		return properties(cause)
			.flatMap((property) -> Stream.of("${" + property.getName() + "}", String.valueOf(property.getValue())));
	}

	private static Stream<ConfigurationProperty> properties(Throwable cause) {
		if (cause instanceof BindException bind) {
			return Stream.ofNullable(bind.getProperty());
		}
		if (cause instanceof BindValidationException validation) {
			return validation.getValidationErrors().getBoundProperties().stream();
		}
		return (cause instanceof UnboundConfigurationPropertiesException unbound)
				? unbound.getUnboundProperties().stream() : Stream.empty();
	}

}
