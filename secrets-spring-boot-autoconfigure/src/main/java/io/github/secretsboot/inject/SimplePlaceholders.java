package io.github.secretsboot.inject;

import io.github.secretsboot.refresh.PropertyIndex;
import io.github.secretsboot.refresh.PropertyIndex.Property;
import io.github.secretsboot.refresh.PropertyNames;

/**
 * Reads placeholders such as <code>${stripe.key:none}</code> without resolving them,
 * where they are simple: neither nested nor escaped, and not in an expression.
 */
final class SimplePlaceholders {

	private static final String PREFIX = "${";

	private SimplePlaceholders() {
	}

	/**
	 * Whether each placeholder of a text stands for a property of a secret that has not
	 * changed.
	 * @return {@code false} also if that is not certain
	 */
	static boolean areUnaffected(String text, PropertyNames changed, PropertyIndex index) {
		int start = text.indexOf(PREFIX);
		if (start < 0 || text.indexOf('#') >= 0 || text.indexOf('\\') >= 0) {
			return false;
		}
		while (start >= 0) {
			int end = text.indexOf('}', start);
			if (end < 0 || !isUnaffected(text.substring(start + PREFIX.length(), end), changed, index)) {
				return false;
			}
			start = text.indexOf(PREFIX, end);
		}
		return true;
	}

	private static boolean isUnaffected(String placeholder, PropertyNames changed, PropertyIndex index) {
		if (placeholder.indexOf('{') >= 0) {
			return false;
		}
		int separator = placeholder.indexOf(':');
		Property property = index.find((separator >= 0) ? placeholder.substring(0, separator) : placeholder);
		// Where the colon belongs to the name there is no default
		return property != null && !changed.contains(property.name())
				&& (separator < 0 || index.find(placeholder) == null);
	}

}
