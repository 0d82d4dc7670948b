package io.github.secretsboot.test;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

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

	/**
	 * A member of a request that breaks a constraint of AWS's model.
	 * @param value the value as AWS shows it: in quotes, or {@code null}, or an empty
	 * text for a secret one
	 */
	static AwsError constraint(String value, String member, String constraint) {
		return validation("1 validation error detected: Value %sat '%s' failed to satisfy constraint: Member must %s"
			.formatted(value.isEmpty() ? "" : value + " ", member, constraint));
	}

	static AwsError accessDenied(String caller, String action, String resource, String reason) {
		return new AwsError(400, "AccessDeniedException", "User: %s is not authorized to perform: %s on resource: %s %s"
			.formatted(caller, action, resource, reason));
	}

	static AwsError rotationIncomplete() {
		return invalidRequest("A previous rotation isn't complete. That rotation will be reattempted.");
	}

	static AwsError cannotInvoke() {
		return new AwsError(400, "AccessDeniedException",
				"Secrets Manager cannot invoke the specified Lambda function. "
						+ "Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.");
	}

	static AwsError unknownOperation(String text) {
		return new AwsError(400, "UnknownOperationException", text);
	}

	static AwsError serialization() {
		return new AwsError(400, "SerializationException", "The request could not be deserialized.");
	}

	static AwsError internal() {
		return new AwsError(500, "InternalServiceError", "An internal error occurred.");
	}

	/**
	 * Return a value that has to be there.
	 */
	static <T> T require(@Nullable T value, Supplier<AwsError> error) {
		if (value == null) {
			throw error.get();
		}
		return value;
	}

	boolean isSameAs(AwsError other) {
		return this.code.equals(other.code) && this.text.equals(other.text);
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
