package io.github.secretsboot.expression;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.secretsboot.env.BinaryConverters;
import io.github.secretsboot.properties.Property;
import io.github.secretsboot.properties.PropertyIndex;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySources;

/**
 * Marks that stand for values of secrets in a text. Nobody can guess a mark, and neither
 * placeholders nor expressions see anything in it but letters and digits.
 * <p>
 * All values are those of one state of the secrets, whatever rotates meanwhile. Used by
 * one thread at a time.
 */
final class Marks implements Function<String, @Nullable Object> {

	private static final String PREFIX = "secret" + random() + "x";

	private static final Pattern MARK = Pattern.compile(PREFIX + "(\\d+)x");

	private final PropertyIndex properties;

	private final PropertySources sources;

	private final List<Mark> marks = new ArrayList<>();

	/**
	 * Create marks.
	 * @param properties the properties to answer with marks for
	 * @param sources where to look up a name that has a mark in it
	 */
	Marks(PropertyIndex properties, PropertySources sources) {
		this.properties = properties;
		this.sources = sources;
	}

	private static String random() {
		byte[] bytes = new byte[16];
		new SecureRandom().nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

	static boolean isIn(String text) {
		return text.contains(PREFIX);
	}

	/**
	 * What a property is answered with.
	 */
	@Override
	public @Nullable Object apply(String name) {
		Property property = this.properties.find(name);
		if (property != null) {
			return mark(text(property), Set.of(property.name()));
		}
		// A placeholder in the name of another one
		return isIn(name) ? find(replaceIn(name)) : null;
	}

	static String text(Property property) {
		return (property.value() instanceof byte[] bytes) ? BinaryConverters.toText(bytes)
				: String.valueOf(property.value());
	}

	private @Nullable Object find(String name) {
		for (PropertySource<?> source : this.sources) {
			Object value = source.getProperty(name);
			if (value != null) {
				return value;
			}
		}
		return null;
	}

	/**
	 * Add a mark.
	 * @param value what it stands for
	 * @param names the properties that this comes from
	 * @return the mark, the same one for the same value; nothing for an empty one
	 */
	String mark(String value, Set<String> names) {
		if (value.isEmpty()) {
			return value;
		}
		Mark mark = new Mark(value, names);
		int index = this.marks.indexOf(mark);
		if (index < 0) {
			index = this.marks.size();
			this.marks.add(mark);
		}
		return PREFIX + index + "x";
	}

	/**
	 * Put the values in the place of their marks.
	 */
	String replaceIn(String text) {
		return isIn(text) ? MARK.matcher(text).replaceAll((match) -> Matcher.quoteReplacement(mark(match).value))
				: text;
	}

	/**
	 * Take the marks out of a text.
	 */
	static String removeFrom(String text) {
		return MARK.matcher(text).replaceAll("");
	}

	/**
	 * Split a text into what is the application's and the values that marks in it stand
	 * for.
	 * @param text the text
	 * @param parts is given each part, and whether it is a value
	 */
	void split(String text, BiConsumer<String, Boolean> parts) {
		Matcher matcher = MARK.matcher(text);
		int position = 0;
		while (matcher.find()) {
			parts.accept(text.substring(position, matcher.start()), false);
			parts.accept(mark(matcher).value, true);
			position = matcher.end();
		}
		parts.accept(text.substring(position), false);
	}

	/**
	 * The properties that the marks in a text come from.
	 */
	Set<String> namesIn(String text) {
		Set<String> names = new TreeSet<>();
		MARK.matcher(text).results().forEach((match) -> names.addAll(mark(match).names));
		return names;
	}

	private Mark mark(MatchResult match) {
		return this.marks.get(Integer.parseInt(match.group(1)));
	}

	private record Mark(String value, Set<String> names) {

		@Override
		public String toString() {
			return "Mark" + this.names;
		}

	}

}
