package io.github.secretsboot.properties;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds out which names of several secrets are spellings of one property, and with that
 * where two entries of {@code secrets.sources} collide. Used by one thread, while an
 * index is made.
 */
class Spellings {

	private final Map<String, Set<Spelling>> byVariable = new HashMap<>();

	private final List<Collision> collisions = new ArrayList<>();

	/**
	 * Add a spelling.
	 * @return the spellings of the same property that have been added before
	 */
	Set<Spelling> add(Spelling spelling) {
		Set<Spelling> earlier = new LinkedHashSet<>();
		for (String variable : spelling.variables()) {
			Set<Spelling> sameVariable = this.byVariable.computeIfAbsent(variable, (key) -> new LinkedHashSet<>());
			sameVariable.stream().filter(spelling::isSameProperty).forEach(earlier::add);
			sameVariable.add(spelling);
		}
		earlier.remove(spelling);
		addCollision(spelling, earlier);
		return earlier;
	}

	private void addCollision(Spelling spelling, Set<Spelling> earlier) {
		earlier.stream()
			.max(Comparator.comparingInt(Spelling::position))
			.filter((other) -> other.position() != spelling.position())
			.ifPresent((other) -> this.collisions.add(new Collision(spelling.property().name(),
					other.property().snapshot().secretName(), spelling.property().snapshot().secretName())));
	}

	List<Collision> collisions() {
		return List.copyOf(this.collisions);
	}

}
