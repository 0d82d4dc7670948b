package io.github.secretsboot.test;

/**
 * A step of a rotation, for which AWS calls the rotation function once.
 *
 * @since 0.1.0
 */
public enum RotationStep {

	/**
	 * Create the new version, with the label {@code AWSPENDING}.
	 */
	CREATE_SECRET("createSecret"),

	/**
	 * Change the system that the secret belongs to, such as a password in a database.
	 */
	SET_SECRET("setSecret"),

	/**
	 * Try the new version.
	 */
	TEST_SECRET("testSecret"),

	/**
	 * Move {@code AWSCURRENT} to the new version.
	 */
	FINISH_SECRET("finishSecret");

	private final String wireName;

	RotationStep(String wireName) {
		this.wireName = wireName;
	}

	/**
	 * Return AWS's name of this step.
	 * @return the name in AWS's event, for example {@code createSecret}
	 */
	public String wireName() {
		return this.wireName;
	}

}
