package io.github.secretsboot.holders;

/**
 * A value that is in a text.
 *
 * @param value the value
 * @param start where it begins, or what shows it
 * @param end behind its end
 * @param form the form in which it is there
 */
record Hit(SoughtValue value, int start, int end, ValueForm form) {

	static Hit of(Fragment fragment, String text, int start) {
		int end = start + fragment.text().length();
		boolean isAll = text.substring(0, start).isBlank() && text.substring(end).isBlank();
		return new Hit(fragment.value(), start, end,
				(fragment.form() == ValueForm.PART && isAll) ? ValueForm.WHOLE : fragment.form());
	}

	/**
	 * Whether the other is a longer value of which this is a part, and so explains it.
	 */
	boolean isPartOf(Hit other) {
		return other.start <= this.start && other.end >= this.end
				&& other.value.text().length() > this.value.text().length();
	}

	Hit escaped() {
		return new Hit(this.value, this.start, this.end, ValueForm.ESCAPED);
	}

}
