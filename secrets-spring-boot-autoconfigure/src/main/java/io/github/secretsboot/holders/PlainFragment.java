package io.github.secretsboot.holders;

/**
 * A value as it is.
 */
record PlainFragment(SoughtValue value, String text) implements Fragment {

	@Override
	public ValueForm form() {
		return ValueForm.PART;
	}

	@Override
	public boolean isGenuine(String text, int start) {
		int end = start + this.text.length();
		return switch (this.value.reach()) {
			case NOWHERE -> false;
			case WHOLE -> start == 0 && end == text.length();
			case DELIMITED -> isDelimiter(text, start - 1) && isDelimiter(text, end);
			case ANYWHERE -> true;
		};
	}

	private static boolean isDelimiter(String text, int position) {
		return position < 0 || position >= text.length() || !Character.isLetterOrDigit(text.charAt(position));
	}

	@Override
	public String toString() {
		return this.value.toString();
	}

}
