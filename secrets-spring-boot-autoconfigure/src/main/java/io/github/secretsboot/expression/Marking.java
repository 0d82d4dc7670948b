package io.github.secretsboot.expression;

import java.util.Set;

import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.properties.PropertyIndex;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.StringValueResolver;

/**
 * Resolves placeholders to marks instead of values of secrets.
 */
final class Marking {

	private final SecretsPropertySource secrets;

	private final ConfigurableEnvironment environment;

	Marking(SecretsPropertySource secrets, ConfigurableEnvironment environment) {
		this.secrets = secrets;
		this.environment = environment;
	}

	PropertyIndex properties() {
		return this.secrets.state().properties();
	}

	/**
	 * A text without marks, which get the present values of the secrets.
	 */
	MarkedText unmarked(String text) {
		return new MarkedText(text, new Marks(properties(), this.environment.getPropertySources()));
	}

	/**
	 * A text that says what it says, and in which nothing is the application's.
	 */
	MarkedText value(String text) {
		Marks marks = unmarked("").marks();
		return new MarkedText(marks.mark(text, Set.of()), marks);
	}

	/**
	 * Whether the current thread is resolving to marks.
	 */
	boolean isUnderWay() {
		return this.secrets.isAnswered();
	}

	/**
	 * Resolve the placeholders of a text.
	 * @param text the text
	 * @param resolver knows how
	 * @return the text with marks in the place of values, or {@code null} if it cannot be
	 * resolved that way
	 */
	@Nullable MarkedText resolve(MarkedText text, StringValueResolver resolver) {
		if (this.environment.getPropertySources().get(SecretsPropertySource.NAME) != this.secrets) {
			// Somebody has wrapped the source, and may keep what it answers
			return null;
		}
		try {
			String resolved = this.secrets.answer(text.marks(), () -> resolver.resolveStringValue(text.text()));
			return (resolved != null) ? new MarkedText(resolved, text.marks()) : null;
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

}
