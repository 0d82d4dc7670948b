package io.github.secretsboot.properties;

import java.util.List;

import io.github.secretsboot.mapping.FrameworkProperties;
import io.github.secretsboot.mapping.VariableName;

/**
 * A property as one secret spells it, with the variables that stand for it.
 *
 * @param property the property under its own name
 * @param position the position of the secret in {@code secrets.sources}
 * @param variableLike whether the name is one of a variable itself
 * @param variables the variables, or the name itself if none can stand for it
 */
record Spelling(Property property, int position, boolean variableLike, List<String> variables) {

	static Spelling of(Property property, int position) {
		String name = property.name();
		String variable = VariableName.of(name, true);
		String withoutDashes = VariableName.of(name, false);
		if (variable == null || withoutDashes == null) {
			return new Spelling(property, position, false, List.of(name));
		}
		return VariableName.isVariableLike(name) ? new Spelling(property, position, true, List.of(variable))
				: new Spelling(property, position, false, List.of(withoutDashes, variable));
	}

	/**
	 * Of two names of which neither is a variable the dashes do not count; in
	 * {@code my-app} and {@code my.app} only the variable is the same. A property of the
	 * framework is never the same as one that is none: {@code spring-main.sources} must
	 * not take the place of an allowed {@code SPRING_MAIN_SOURCES}.
	 */
	boolean isSameProperty(Spelling other) {
		boolean same = this.variableLike || other.variableLike || this.variables.get(0).equals(other.variables.get(0));
		return same && FrameworkProperties.include(this.property.name()) == FrameworkProperties
			.include(other.property.name());
	}

}
