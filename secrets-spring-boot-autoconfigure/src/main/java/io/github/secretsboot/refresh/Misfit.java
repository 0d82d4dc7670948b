package io.github.secretsboot.refresh;

import java.util.function.Predicate;

import io.github.secretsboot.properties.PropertyNames;

/**
 * A place in the application that a candidate would break. Says nothing of its value.
 *
 * @param bean the name of the bean
 * @param member the field, method, parameter or property; empty for the bean as a whole
 * @param problem what is wrong, in a few words
 * @param concerns whether a change of properties has to do with it
 */
public record Misfit(String bean, String member, String problem, Predicate<PropertyNames> concerns) {

	boolean isOfSamePlace(Misfit other) {
		return this.bean.equals(other.bean) && this.member.equals(other.member);
	}

	@Override
	public String toString() {
		return (this.member.isEmpty() ? "" : "'" + this.member + "' of ") + "bean '" + this.bean + "' (" + this.problem
				+ ")";
	}

}
