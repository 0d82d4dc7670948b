package io.github.secretsboot.test;

/**
 * An error that AWS Secrets Manager would answer with.
 */
final class AwsError extends IllegalStateException {

	private final int status;

	private final String code;

	private final String text;

	AwsError(int status, String code, String text) {
		super(code + ": " + text);
		this.status = status;
		this.code = code;
		this.text = text;
	}

	static AwsError notFound(String text) {
		return new AwsError(400, "ResourceNotFoundException", text);
	}

	static AwsError secretNotFound() {
		return notFound("Secrets Manager can't find the specified secret.");
	}

	static AwsError stageNotFound(String stage) {
		return notFound("Secrets Manager can't find the specified secret value for staging label: " + stage);
	}

	static AwsError versionNotFound(String versionId) {
		return notFound("Secrets Manager can't find the specified secret value for VersionId: " + versionId);
	}

	static AwsError exists(String text) {
		return new AwsError(400, "ResourceExistsException", text);
	}

	static AwsError invalidRequest(String text) {
		return new AwsError(400, "InvalidRequestException", text);
	}

	static AwsError markedForDeletion() {
		return invalidRequest("You can't perform this operation on the secret because it was marked for deletion.");
	}

	static AwsError invalidParameter(String text) {
		return new AwsError(400, "InvalidParameterException", text);
	}

	static AwsError validation(String text) {
		return new AwsError(400, "ValidationException", text);
	}

	static AwsError constraint(String member, String constraint) {
		return validation("1 validation error detected: Value at '%s' failed to satisfy constraint: Member must %s"
			.formatted(member, constraint));
	}

	static AwsError serialization() {
		return new AwsError(400, "SerializationException", "The request could not be deserialized.");
	}

	static AwsError internal() {
		return new AwsError(500, "InternalServiceError", "An internal error occurred.");
	}

	int status() {
		return this.status;
	}

	String code() {
		return this.code;
	}

	String text() {
		return this.text;
	}

}
