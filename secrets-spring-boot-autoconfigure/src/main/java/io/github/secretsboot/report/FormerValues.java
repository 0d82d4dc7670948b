package io.github.secretsboot.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import io.github.secretsboot.SecretSnapshot;
import io.github.secretsboot.refresh.SecretsState;
import io.github.secretsboot.refresh.SourceState;
import org.jspecify.annotations.Nullable;

/**
 * What rotations have replaced. Immutable, and shows names only.
 *
 * @param secrets the secrets that properties which changed are of, by the name of the
 * property
 * @param values the values that they had before, with the names of their properties
 */
record FormerValues(Map<String, String> secrets, List<Map.Entry<String, Object>> values) {

	static final FormerValues NONE = new FormerValues(Map.of(), List.of());

	/**
	 * What was replaced between two states of the same sources.
	 */
	static FormerValues between(SecretsState before, SecretsState after) {
		Map<String, String> secrets = new LinkedHashMap<>();
		List<Map.Entry<String, Object>> values = new ArrayList<>();
		for (int i = 0; i < before.sources().size(); i++) {
			SecretSnapshot former = before.sources().get(i).snapshot();
			SecretSnapshot current = after.sources().get(i).snapshot();
			if (former != null && former != current) {
				properties(former).forEach((property) -> {
					if (!Objects.deepEquals(property.getValue(), value(current, property.getKey()))) {
						secrets.put(property.getKey(), former.secretName());
						values.add(property);
					}
				});
			}
		}
		return new FormerValues(secrets, values);
	}

	/**
	 * The values in use.
	 */
	static List<Map.Entry<String, Object>> current(SecretsState state) {
		return state.sources()
			.stream()
			.map(SourceState::snapshot)
			.filter(Objects::nonNull)
			.flatMap((snapshot) -> properties(snapshot).stream())
			.toList();
	}

	private static List<Map.Entry<String, Object>> properties(SecretSnapshot snapshot) {
		List<Map.Entry<String, Object>> properties = new ArrayList<>();
		for (String name : snapshot.propertyNames()) {
			Object value = value(snapshot, name);
			if (value != null) {
				properties.add(Map.entry(name, value));
			}
		}
		return properties;
	}

	private static @Nullable Object value(@Nullable SecretSnapshot snapshot, String name) {
		if (snapshot == null || !snapshot.propertyNames().contains(name)) {
			return null;
		}
		String text = snapshot.get(name);
		return (text != null) ? text : snapshot.getBytes(name);
	}

	FormerValues and(FormerValues others) {
		Map<String, String> secrets = new LinkedHashMap<>(this.secrets);
		secrets.putAll(others.secrets);
		List<Map.Entry<String, Object>> values = new ArrayList<>(this.values);
		values.addAll(others.values);
		return new FormerValues(secrets, values);
	}

	FormerValues withoutValues() {
		return new FormerValues(this.secrets, List.of());
	}

	boolean isEmpty() {
		return this.secrets.isEmpty();
	}

	/**
	 * The secrets that properties are of.
	 */
	Set<String> secretsOf(Set<String> properties) {
		Set<String> names = new TreeSet<>();
		properties.forEach((property) -> {
			if (this.secrets.containsKey(property)) {
				names.add(this.secrets.get(property));
			}
		});
		return names;
	}

	@Override
	public String toString() {
		return "Former values of " + this.secrets.keySet();
	}

}
