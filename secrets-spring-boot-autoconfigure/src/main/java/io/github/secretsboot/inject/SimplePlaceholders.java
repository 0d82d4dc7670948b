package io.github.secretsboot.inject;

import java.util.ArrayList;
import java.util.List;

import io.github.secretsboot.refresh.PropertyIndex;
import io.github.secretsboot.refresh.PropertyIndex.Property;
import io.github.secretsboot.refresh.PropertyNames;

/**
 * The placeholders of a text such as <code>${stripe.key:none}</code>, as far as they can
 * be read without resolving them. Immutable.
 */
final class SimplePlaceholders {

	private static final String PREFIX = "${";

	private static final SimplePlaceholders NONE = new SimplePlaceholders(List.of());

	private final List<Placeholder> placeholders;

	private SimplePlaceholders(List<Placeholder> placeholders) {
		this.placeholders = placeholders;
	}

	/**
	 * Read a text.
	 * @return its placeholders; none if some are nested or escaped, or if the text may be
	 * an expression
	 */
	static SimplePlaceholders in(String text) {
		if (text.indexOf('#') >= 0 || text.indexOf('\\') >= 0) {
			return NONE;
		}
		List<Placeholder> placeholders = new ArrayList<>();
		int start = text.indexOf(PREFIX);
		while (start >= 0) {
			int end = text.indexOf('}', start);
			String content = (end >= 0) ? text.substring(start + PREFIX.length(), end) : PREFIX;
			if (content.indexOf('{') >= 0) {
				return NONE;
			}
			placeholders.add(Placeholder.of(content));
			start = text.indexOf(PREFIX, end);
		}
		return new SimplePlaceholders(placeholders);
	}

	/**
	 * Whether each placeholder stands for a property of a secret that has not changed.
	 * @return {@code false} also if that is not certain
	 */
	boolean areUnaffected(PropertyNames changed, PropertyIndex index) {
		return !this.placeholders.isEmpty()
				&& this.placeholders.stream().allMatch((placeholder) -> placeholder.isUnaffected(changed, index));
	}

	/**
	 * A placeholder.
	 *
	 * @param content all that is in the braces
	 * @param name what is before the default
	 */
	private record Placeholder(String content, String name) {

		static Placeholder of(String content) {
			int separator = content.indexOf(':');
			return new Placeholder(content, (separator >= 0) ? content.substring(0, separator) : content);
		}

		boolean isUnaffected(PropertyNames changed, PropertyIndex index) {
			Property property = index.find(this.name);
			boolean unchanged = property != null && !changed.contains(property.name());
			// Where the colon belongs to the name there is no default
			return unchanged && (this.content.equals(this.name) || index.find(this.content) == null);
		}

	}

}
