package io.github.secretsboot.inject;

import java.util.ArrayList;
import java.util.List;

import io.github.secretsboot.refresh.PropertyIndex;
import io.github.secretsboot.refresh.Property;
import io.github.secretsboot.refresh.PropertyNames;
import org.jspecify.annotations.Nullable;

/**
 * The placeholders of a text, such as <code>${stripe.key:none}</code>, where they are
 * simple: neither nested nor escaped, and not in an expression. They are looked at
 * without being resolved.
 */
final class SimplePlaceholders {

	private static final String PREFIX = "${";

	private final List<Placeholder> placeholders;

	private SimplePlaceholders(List<Placeholder> placeholders) {
		this.placeholders = placeholders;
	}

	/**
	 * Find the placeholders of a text.
	 * @return the placeholders, or {@code null} if there are none or not all are simple
	 */
	static @Nullable SimplePlaceholders of(String text) {
		if (text.indexOf('#') >= 0 || text.indexOf('\\') >= 0) {
			return null;
		}
		List<Placeholder> placeholders = new ArrayList<>(1);
		int end = 0;
		for (int start = text.indexOf(PREFIX); start >= 0; start = text.indexOf(PREFIX, end)) {
			end = text.indexOf('}', start);
			String content = (end >= 0) ? text.substring(start + PREFIX.length(), end) : "{";
			if (content.indexOf('{') >= 0) {
				return null;
			}
			placeholders.add(Placeholder.of(content));
		}
		return placeholders.isEmpty() ? null : new SimplePlaceholders(placeholders);
	}

	/**
	 * What a change does to the text.
	 */
	Effect effect(PropertyNames changed, PropertyIndex index) {
		Effect effect = Effect.NONE;
		for (Placeholder placeholder : this.placeholders) {
			Property property = placeholder.find(index);
			if (property == null) {
				return Effect.UNKNOWN;
			}
			if (changed.contains(property.name())) {
				effect = Effect.CHANGED;
			}
		}
		return effect;
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

	/**
	 * One placeholder.
	 *
	 * @param name what comes before a colon
	 * @param nameWithColon all of it, in case that the colon belongs to the name, or
	 * {@code null} if there is none
	 */
	private record Placeholder(String name, @Nullable String nameWithColon) {

		static Placeholder of(String content) {
			int colon = content.indexOf(':');
			return (colon < 0) ? new Placeholder(content, null) : new Placeholder(content.substring(0, colon), content);
		}

		/**
		 * The property that it stands for, if that is certain.
		 */
		@Nullable Property find(PropertyIndex index) {
			return (this.nameWithColon == null || index.find(this.nameWithColon) == null) ? index.find(this.name)
					: null;
		}

	}

}
