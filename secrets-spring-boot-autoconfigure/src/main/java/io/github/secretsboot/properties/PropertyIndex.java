package io.github.secretsboot.properties;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.github.secretsboot.mapping.VariableName;
import io.github.secretsboot.refresh.SourceState;
import org.jspecify.annotations.Nullable;

/**
 * All properties of all secrets, as one immutable value. A name such as
 * {@code STRIPE_SECRET_KEY} is also found as {@code stripe.secret.key} and
 * {@code stripe.secret-key}, by the rules that Spring Boot has for environment variables.
 * Of two secrets that define the same property, in whatever spelling, the later one wins.
 */
public final class PropertyIndex {

	/** No property at all. */
	public static final PropertyIndex EMPTY = new PropertyIndex(List.of());

	private final Map<String, Property> byName = new LinkedHashMap<>();

	private final Map<String, Property> byVariable = new HashMap<>();

	private final Map<String, Property> byDottedName = new LinkedHashMap<>();

	private final Set<String> variablePrefixes = new HashSet<>();

	private final List<Collision> collisions;

	private PropertyIndex(List<PositionedSnapshot> snapshots) {
		Spellings spellings = new Spellings();
		for (PositionedSnapshot positioned : snapshots) {
			for (String name : positioned.snapshot().propertyNames()) {
				Spelling spelling = Spelling.of(new Property(name, positioned.snapshot()), positioned.position());
				add(spelling, spellings.add(spelling));
			}
		}
		this.collisions = spellings.collisions();
	}

	/**
	 * Index the properties of snapshots.
	 * @param snapshots the snapshots, later ones winning over earlier ones
	 * @return the index
	 */
	public static PropertyIndex of(List<PositionedSnapshot> snapshots) {
		return new PropertyIndex(snapshots);
	}

	private void add(Spelling spelling, Set<Spelling> earlier) {
		Property property = spelling.property();
		// In their other spellings, too, the property is now the later secret's
		earlier.stream()
			.filter((other) -> !isDefinedBy(property.snapshot(), other.property().name()))
			.forEach((other) -> put(other, property));
		put(spelling, property);
		if (spelling.variableLike()) {
			String dotted = VariableName.dotted(property.name());
			if (dotted != null) {
				this.byDottedName.put(dotted, property);
			}
			spelling.variables().forEach(this::addPrefixes);
		}
	}

	private boolean isDefinedBy(MappedSnapshot snapshot, String name) {
		Property property = this.byName.get(name);
		return property != null && property.snapshot() == snapshot;
	}

	private void put(Spelling spelling, Property property) {
		this.byName.put(spelling.property().name(), property);
		if (spelling.variableLike()) {
			spelling.variables().forEach((variable) -> this.byVariable.put(variable, property));
		}
	}

	private void addPrefixes(String variable) {
		for (int i = variable.indexOf('_'); i > 0; i = variable.indexOf('_', i + 1)) {
			this.variablePrefixes.add(variable.substring(0, i));
		}
	}

	/**
	 * Find a property by any of its spellings.
	 * @param name the name
	 * @return the property, or {@code null} if no secret has it
	 */
	public @Nullable Property find(String name) {
		Property property = this.byName.get(name);
		if (property != null || this.byVariable.isEmpty()) {
			return property;
		}
		String variable = VariableName.of(name, false);
		property = (variable != null) ? this.byVariable.get(variable) : null;
		if (property == null && variable != null && name.indexOf('-') >= 0) {
			property = this.byVariable.get(VariableName.of(name, true));
		}
		return (property != null) ? property : this.byDottedName.get(name);
	}

	/**
	 * The properties in the order of their secrets, under their own names.
	 * @return the properties by name
	 */
	public Map<String, Property> properties() {
		return Collections.unmodifiableMap(this.byName);
	}

	/**
	 * Names to list beside the properties' own ones, so that Boot's binder finds nested
	 * objects, maps and lists.
	 * @param dashedParents parents with a dash in their names that were asked for
	 * @return the names
	 */
	public Set<String> additionalNames(Set<String> dashedParents) {
		Set<String> names = new LinkedHashSet<>(this.byDottedName.keySet());
		for (String parent : dashedParents) {
			String dottedParent = parent.replace('-', '.');
			this.byDottedName.keySet()
				.stream()
				.filter((name) -> name.startsWith(dottedParent + ".") || name.startsWith(dottedParent + "["))
				.map((name) -> parent + name.substring(dottedParent.length()))
				.filter((name) -> find(name) != null)
				.forEach(names::add);
		}
		names.removeAll(this.byName.keySet());
		return names;
	}

	/**
	 * Whether there are properties below a name that has a dash, such as {@code my-app}
	 * of {@code MY_APP_TOKEN}. Listing the many names that a variable could stand for is
	 * out of question; the binder asks for the parent first.
	 * @param name the name
	 * @return {@code true} if there are
	 */
	public boolean isDashedParent(String name) {
		return name.indexOf('-') >= 0 && this.variablePrefixes.contains(VariableName.of(name, true));
	}

	/**
	 * Whether a text contains the value of a property. Values of one or two characters
	 * are not looked for: they are in every text.
	 * @param text the text
	 * @return {@code true} if it does
	 */
	public boolean isQuotedIn(String text) {
		return this.byName.values().stream().anyMatch((property) -> property.isQuotedIn(text));
	}

	/**
	 * The properties whose values a text contains, by the same rule.
	 * @param text the text
	 * @return the names of the properties
	 */
	public Set<String> quotedIn(String text) {
		Set<String> names = new TreeSet<>();
		this.byName.values()
			.stream()
			.filter((property) -> property.isQuotedIn(text))
			.forEach((property) -> names.add(property.name()));
		return names;
	}

	/**
	 * Properties that more than one entry of {@code secrets.sources} defines.
	 * @return the collisions in the order of the sources
	 */
	public List<Collision> collisions() {
		return this.collisions;
	}

	@Override
	public String toString() {
		return "PropertyIndex[" + this.byName.size() + " properties]";
	}

}
