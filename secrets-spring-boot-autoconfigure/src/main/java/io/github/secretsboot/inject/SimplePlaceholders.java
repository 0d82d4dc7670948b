package io.github.secretsboot.inject;

import io.github.secretsboot.refresh.PropertyIndex;
import io.github.secretsboot.refresh.PropertyIndex.Property;
import io.github.secretsboot.refresh.PropertyNames;
import org.jspecify.annotations.Nullable;

/**
 * Reads placeholders such as <code>${stripe.key:none}</code> without resolving them,
 * where they are simple: neither nested nor escaped, and not in an expression.
 */
final class SimplePlaceholders {

	private static final String PREFIX = "${";

	private SimplePlaceholders() {
	}

	/**
	 * What a change does to a text.
	 */
	static Effect effect(String text, PropertyNames changed, PropertyIndex index) {
		int start = text.indexOf(PREFIX);
		if (start < 0 || text.indexOf('#') >= 0 || text.indexOf('\\') >= 0) {
			return Effect.UNKNOWN;
		}
		Effect effect = Effect.NONE;
		while (start >= 0) {
			int end = text.indexOf('}', start);
			Property property = (end >= 0) ? find(text.substring(start + PREFIX.length(), end), index) : null;
			if (property == null) {
				return Effect.UNKNOWN;
			}
			if (changed.contains(property.name())) {
				effect = Effect.CHANGED;
			}
			start = text.indexOf(PREFIX, end);
		}
		return effect;
	}

	/**
	 * The property that a placeholder stands for, if that is certain.
	 */
	private static @Nullable Property find(String placeholder, PropertyIndex index) {
		if (placeholder.indexOf('{') >= 0) {
			return null;
		}
		int separator = placeholder.indexOf(':');
		if (separator < 0) {
			return index.find(placeholder);
		}
		// Where the colon belongs to the name there is no default
		return (index.find(placeholder) == null) ? index.find(placeholder.substring(0, separator)) : null;
	}

	/**
	 * What a change does to a text with placeholders.
	 */
	enum Effect {

		/** Each placeholder stands for a property of a secret that has not changed. */
		NONE,

		/** A placeholder stands for a property of a secret that has changed. */
		CHANGED,

		/** Only resolving the text can tell. */
		UNKNOWN

	}

}
