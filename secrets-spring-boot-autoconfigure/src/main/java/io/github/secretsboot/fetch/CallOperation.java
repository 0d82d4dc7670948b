package io.github.secretsboot.fetch;

/**
 * The operations of Secrets Manager that fetching calls.
 */
public enum CallOperation {

	/** Reads one version of one secret. */
	GET_SECRET_VALUE("GetSecretValue"),

	/** Reads the current versions of several secrets. */
	BATCH_GET_SECRET_VALUE("BatchGetSecretValue");

	private final String awsName;

	CallOperation(String awsName) {
		this.awsName = awsName;
	}

	/**
	 * The operation as AWS writes it.
	 * @return the name, such as {@code GetSecretValue}
	 */
	public String awsName() {
		return this.awsName;
	}

}
