package io.github.secretsboot.holders;

import java.util.List;
import java.util.Map;

/**
 * A bean that has a value in some shape, and what a search is to say of it.
 *
 * @param name what shape it is
 * @param bean the bean
 * @param member the way to the value, or the class that cannot be opened
 * @param form the form in which it has the value, or {@code null} if the class cannot be
 * opened
 */
record Shape(String name, Object bean, String member, ValueForm form) {

	static final String VALUE = "canary-who/holds+me?";

	static final String PROPERTY = "partner.key";

	static Shape found(String name, Object bean, String member) {
		return new Shape(name, bean, member, ValueForm.WHOLE);
	}

	static Shape found(String name, Object bean, String member, ValueForm form) {
		return new Shape(name, bean, member, form);
	}

	static Shape unopened(String name, Object bean, Class<?> closed) {
		return new Shape(name, bean, closed.getName(), null);
	}

	HolderReport search() {
		return new HolderSearch(SearchBudget.DEFAULT).search(List.of(new Root("bean", this.bean)),
				SoughtValues.of(Map.of(PROPERTY, VALUE), List.of()));
	}

	@Override
	public String toString() {
		return this.name;
	}

}
