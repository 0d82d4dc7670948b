package io.github.secretsboot.inject;

/**
 * Values do not fit. Says nothing of them.
 */
class MisfitException extends Exception {

	private static final long serialVersionUID = 1L;

	private final String member;

	/**
	 * Create an exception.
	 * @param member what they do not fit
	 * @param problem what is wrong, without a value
	 */
	MisfitException(String member, String problem) {
		super(problem, null, false, false);
		this.member = member;
	}

	String getMember() {
		return this.member;
	}

	String getProblem() {
		return String.valueOf(getMessage());
	}

}
