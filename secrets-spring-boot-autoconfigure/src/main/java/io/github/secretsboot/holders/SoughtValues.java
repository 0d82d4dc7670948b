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
	 * @param others values that are not looked for. A place where one of those stands is
	 * not taken for a place of a shorter value that is a part of it, and none is shown in
	 * the name of a place.
	 * @return the values
	 */
	public static SoughtValues of(Map<String, ?> values, Collection<?> others) {
		Map<String, SoughtValue> byText = new LinkedHashMap<>();
		values.forEach((name, value) -> add(byText, SoughtValue.of(value, Set.of(name))));
		others.forEach((value) -> add(byText, SoughtValue.of(value, Set.of())));
		byText.remove("");
		return new SoughtValues(List.copyOf(byText.values()));
	}

	private static void add(Map<String, SoughtValue> byText, SoughtValue value) {
		byText.merge(value.text(), value, SoughtValue::and);
	}

	/**
	 * The properties whose values are not looked for, since they are too short or too
	 * common to tell who has them from the secret.
	 * @return the names of the properties
	 */
	public Set<String> unsought() {
		return this.values.stream()
			.filter((value) -> value.reach() == Reach.NOWHERE)
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
