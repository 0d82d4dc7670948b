package io.github.secretsboot.env;

import io.github.secretsboot.fetch.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong with the configuration of this library.
 *
 * @param property the property, such as {@code secrets.sources[0].as}
 * @param value its value as it is written, or {@code null} if it has none or that is not
 * what is wrong
 * @param where where it is written, such as a file with line and column, if that is known
 * @param reason what is wrong, and what would be right
 */
public record ConfigurationProblem(String property, @Nullable String value, @Nullable String where, String reason) {

	/**
	 * Create a problem with each text in one line.
	 */
	public ConfigurationProblem {
		property = PlainText.of(property);
		value = (value != null) ? PlainText.of(value) : null;
		where = (where != null) ? PlainText.of(where) : null;
		reason = PlainText.of(reason);
	}

}
