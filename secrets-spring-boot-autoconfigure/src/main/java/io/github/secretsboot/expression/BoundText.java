package io.github.secretsboot.expression;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A text whose expressions have parameters in the place of values of secrets. What
 * surrounds the expressions still has marks.
 *
 * @param text the text, which no value is part of
 * @param parameters the values of the parameters by name
 */
record BoundText(String text, Map<String, @Nullable Object> parameters) {

	@Override
	public String toString() {
		return this.text;
	}

}
