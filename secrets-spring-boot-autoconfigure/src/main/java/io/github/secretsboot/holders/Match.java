package io.github.secretsboot.holders;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a text was found to have.
 *
 * @param properties the properties whose values are in it
 * @param form the plainest form in which one of them is there
 */
record Match(Set<String> properties, ValueForm form) {

	static Match of(List<Hit> hits) {
		return new Match(
				hits.stream()
					.flatMap((hit) -> hit.value().properties().stream())
					.collect(Collectors.toUnmodifiableSet()),
				hits.stream().map(Hit::form).min(Comparator.naturalOrder()).orElseThrow());
	}

}
