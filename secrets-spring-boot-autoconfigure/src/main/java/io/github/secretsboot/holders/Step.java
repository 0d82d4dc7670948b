package io.github.secretsboot.holders;

/**
 * One step on the way from a bean to a place.
 */
sealed interface Step {

	/** Leads to what people take for the same object: the target of a proxy. */
	Step NONE = new None();

	/** Leads to a key of a map. */
	Step KEY = new Member("keySet");

	/**
	 * Append this step to the way so far.
	 * @param way the way so far
	 * @param names decides which keys may be shown
	 */
	void appendTo(StringBuilder way, PublicNames names);

	/**
	 * Through a field, or something that people call by a name.
	 */
	record Member(String name) implements Step {

		@Override
		public void appendTo(StringBuilder way, PublicNames names) {
			way.append(way.isEmpty() ? "" : ".").append(this.name);
		}

	}

	/**
	 * To an element of an array or a collection.
	 */
	record Element(int index) implements Step {

		@Override
		public void appendTo(StringBuilder way, PublicNames names) {
			way.append('[').append(this.index).append(']');
		}

	}

	/**
	 * To the value that a map has for a key.
	 */
	record Entry(Object key) implements Step {

		@Override
		public void appendTo(StringBuilder way, PublicNames names) {
			way.append('[').append(names.of(this.key)).append(']');
		}

		@Override
		public String toString() {
			return "Entry";
		}

	}

	/**
	 * See {@link Step#NONE}.
	 */
	record None() implements Step {

		@Override
		public void appendTo(StringBuilder way, PublicNames names) {
		}

	}

}
