package io.github.secretsboot.holders;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The values that a search looks for. Immutable, and shows none of them.
 */
public final class SoughtValues {

	private static final int CONTAINED_FROM = 4;

	private final List<SoughtValue> values;

	private final FragmentIndex index;

	private SoughtValues(List<SoughtValue> values) {
		this.values = values;
		this.index = new FragmentIndex(values.stream().flatMap((value) -> value.fragments().stream()).toList());
	}

	/**
	 * Values to look for.
	 * @param values the values by the name of their property, each a {@link String} or a
	 * {@code byte[]}
	 * @param others values that explain why they stand somewhere, such as those in use
	 * when former ones are looked for: a place of one of those is not taken for a place
	 * of an equal value, or of a shorter one that is a part of it. None is shown in the
	 * name of a place.
	 * @return the values
	 */
	public static SoughtValues of(Map<String, ?> values, Collection<?> others) {
		return of(List.copyOf(values.entrySet()), others);
	}

	/**
	 * Values to look for, of which a property may have several.
	 * @param values the values and the names of their properties, each value a
	 * {@link String} or a {@code byte[]}
	 * @param others values that explain why they stand somewhere
	 * @return the values
	 * @see #of(Map, Collection)
	 */
	public static SoughtValues of(List<? extends Map.Entry<String, ?>> values, Collection<?> others) {
		Map<String, SoughtValue> byText = new LinkedHashMap<>();
		values.forEach((entry) -> add(byText, SoughtValue.of(entry.getKey(), entry.getValue())));
		others.forEach((value) -> add(byText, SoughtValue.explanation(value)));
		byText.remove("");
		return new SoughtValues(List.copyOf(byText.values()));
	}

	private static void add(Map<String, SoughtValue> byText, SoughtValue value) {
		byText.merge(value.text(), value, SoughtValue::and);
	}

	/**
	 * The properties whose values are not looked for, since they would tell nothing: too
	 * short, too common, or explained by another value.
	 * @return the names of the properties
	 */
	public Set<String> unsought() {
		return this.values.stream()
			.filter((value) -> !value.isSought())
			.flatMap((value) -> value.properties().stream())
			.collect(Collectors.toUnmodifiableSet());
	}

	ValueFinder finder() {
		return new ValueFinder(this.index);
	}

	/**
	 * Whether a name gives away a value, sought or not.
	 */
	boolean areIn(String name) {
		return finder().findsAny(name) || this.values.stream()
			.anyMatch((value) -> (value.text().length() < CONTAINED_FROM) ? name.equals(value.text())
					: name.contains(value.text()));
	}

	@Override
	public String toString() {
		return this.values.size() + " values";
	}

}
