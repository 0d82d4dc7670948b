package io.github.secretsboot.holders;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjIntConsumer;

/**
 * Finds values in texts, also where they are encoded. For one thread.
 */
final class ValueFinder {

	private static final List<Escape> ESCAPES = List.of(Escape.values());

	private final FragmentIndex index;

	private final ObjIntConsumer<Fragment> collector = this::collect;

	private final List<Hit> hits = new ArrayList<>();

	private String text = "";

	ValueFinder(FragmentIndex index) {
		this.index = index;
	}

	/**
	 * Find the values that are sought.
	 * @param text where to look for them
	 * @return the properties that have them, if there are any
	 */
	Optional<Match> find(String text) {
		List<Hit> found = findAll(text);
		if (found.isEmpty()) {
			return Optional.empty();
		}
		List<Hit> sought = found.stream().filter((hit) -> hit.value().isSought()).toList();
		return sought.isEmpty() ? Optional.empty() : Optional.of(Match.of(sought));
	}

	/**
	 * Whether any value is in a text, sought or not.
	 */
	boolean findsAny(String text) {
		return !findAll(text).isEmpty();
	}

	private List<Hit> findAll(String text) {
		if (text.length() < FragmentIndex.WINDOW) {
			return List.of();
		}
		List<Hit> found = findPlain(text);
		for (Escape escape : ESCAPES) {
			if (escape.mayBeIn(text)) {
				List<Hit> escaped = findPlain(escape.decode(text));
				if (!escaped.isEmpty()) {
					found = merge(found, escaped);
				}
			}
		}
		return found;
	}

	private static List<Hit> merge(List<Hit> found, List<Hit> escaped) {
		List<Hit> all = new ArrayList<>(found);
		escaped.stream()
			.filter((hit) -> found.stream().noneMatch((known) -> known.value() == hit.value()))
			.map(Hit::escaped)
			.forEach(all::add);
		return all;
	}

	private List<Hit> findPlain(String text) {
		this.text = text;
		this.index.search(text, this.collector);
		if (this.hits.isEmpty()) {
			return List.of();
		}
		List<Hit> found = this.hits.stream().filter((hit) -> this.hits.stream().noneMatch(hit::isPartOf)).toList();
		this.hits.clear();
		return found;
	}

	private void collect(Fragment fragment, int start) {
		if (fragment.isGenuine(this.text, start)) {
			this.hits.add(Hit.of(fragment, this.text, start));
		}
	}

}
