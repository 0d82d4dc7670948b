package io.github.secretsboot.properties;

import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.secretsboot.mapping.VariableName;

/**
 * A set of names of properties that can be asked for prefixes, in whatever spelling.
 * Immutable; an answer takes the same time however many names there are.
 */
public final class PropertyNames {

	private static final Pattern SPECIAL_CHARACTERS = Pattern.compile("[^\\w.\\[\\]-]");

	private final Set<String> names;

	private final Set<String> variables = new HashSet<>();

	private final Set<String> parents = new HashSet<>();

	private final Set<String> parentsWithoutDashes = new HashSet<>();

	private PropertyNames(Collection<String> names) {
		this.names = Set.copyOf(names);
		for (String name : this.names) {
			// A map key may have characters that no variable has
			String plain = SPECIAL_CHARACTERS.matcher(name).replaceAll("");
			String variable = variable(plain, true);
			String withoutDashes = variable(plain, false);
			this.variables.add(variable);
			this.variables.add(withoutDashes);
			addParents(variable, this.parents);
			addParents(withoutDashes, this.parentsWithoutDashes);
		}
	}

	private static String variable(String name, boolean dashes) {
		return Objects.requireNonNull(VariableName.of(name, dashes));
	}

	private static void addParents(String variable, Set<String> parents) {
		for (int i = variable.indexOf('_'); i >= 0; i = variable.indexOf('_', i + 1)) {
			parents.add(variable.substring(0, i));
		}
	}

	/**
	 * Create a set.
	 * @param names the names, such as {@code STRIPE_SECRET_KEY}
	 * @return a set of the names
	 */
	public static PropertyNames of(Collection<String> names) {
		return new PropertyNames(names);
	}

	/**
	 * Whether a name is in the set, spelled like this.
	 * @param name the name
	 * @return {@code true} if it is
	 */
	public boolean contains(String name) {
		return this.names.contains(name);
	}

	/**
	 * Whether a name may be in the set, in whatever spelling.
	 * @param name the name
	 * @return {@code false} if it certainly is not
	 */
	public boolean mayContain(String name) {
		return this.names.contains(name) || this.variables.contains(VariableName.of(name, true))
				|| this.variables.contains(VariableName.of(name, false));
	}

	/**
	 * Whether a name of the set is below a prefix, in whatever spelling.
	 * @param prefix the prefix, such as {@code stripe}; an empty one is above all names
	 * @return {@code true} if one is
	 */
	public boolean containsAnyBelow(String prefix) {
		return prefix.isEmpty() ? !this.names.isEmpty() : this.parents.contains(VariableName.of(prefix, true))
				|| this.parentsWithoutDashes.contains(VariableName.of(prefix, false));
	}

}
