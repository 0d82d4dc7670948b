package io.github.secretsboot.fetch.aws;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;

import javax.net.ssl.SSLException;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.fetch.FetchFailure;
import io.github.secretsboot.fetch.aws.AnswerStream.TooLargeException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * Translates what the SDK throws and what a batch answers into reasons. Most codes are
 * not modelled as exceptions by the SDK, so the error code decides. Of exceptions that
 * are not an answer of AWS only those messages are passed on that are known to quote
 * nothing of a response.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html#API_GetSecretValue_Errors">GetSecretValue:
 * Errors</a>
 */
final class AwsFailures {

	private static final Set<String> DENIED = Set.of("AccessDeniedException", "AccessDenied", "UnauthorizedOperation",
			"UnauthorizedException");

	private static final Set<String> THROTTLED = Set.of("ThrottlingException", "Throttling", "ThrottledException",
			"TooManyRequestsException", "RequestLimitExceeded", "RequestThrottled", "RequestThrottledException",
			"SlowDown");

	private static final Set<String> EXPIRED = Set.of("ExpiredTokenException", "ExpiredToken", "RequestExpired");

	private static final Set<String> UNKNOWN_CREDENTIALS = Set.of("UnrecognizedClientException",
			"InvalidSignatureException", "InvalidClientTokenId", "InvalidAccessKeyId", "SignatureDoesNotMatch",
			"IncompleteSignature", "MissingAuthenticationToken", "MissingAuthenticationTokenException");

	private static final int SERVER_ERROR = 500;

	/**
	 * What older JDKs make of a broken connection: they end the answer where it broke.
	 */
	private static final String TRUNCATED_JSON = "JsonEOFException";

	private static final int MAX_MESSAGE_LENGTH = 1000;

	private AwsFailures() {
	}

	/**
	 * Translate an exception of a call.
	 */
	static FetchFailure of(Throwable thrown) {
		if (thrown instanceof AwsServiceException answer) {
			return ofAnswer(answer);
		}
		if (hasCause(thrown, ApiCallTimeoutException.class) || hasCause(thrown, ApiCallAttemptTimeoutException.class)
				|| hasCause(thrown, AbortedException.class) || hasCause(thrown, InterruptedException.class)) {
			return new FetchFailure(FailureReason.TIMED_OUT, "no answer within secrets.fetch.timeout");
		}
		return ofClientFailure(thrown);
	}

	/**
	 * Translate an entry of the errors that a batch answers.
	 */
	static FetchFailure of(@Nullable String errorCode, @Nullable String message) {
		String code = (errorCode != null) ? errorCode : "";
		String text = (message != null) ? message : "";
		FetchFailure failure = new FetchFailure(reason(code, text), detail(code, text));
		return code.startsWith("InternalService")
				? new FetchFailure(FailureReason.SERVICE_ERROR, failure.detail(), true) : failure;
	}

	private static FetchFailure ofAnswer(AwsServiceException answer) {
		AwsErrorDetails details = answer.awsErrorDetails();
		String code = (details != null && details.errorCode() != null) ? details.errorCode() : "";
		if (code.isEmpty() && answer.statusCode() == 403) {
			// Some emulators deny without an error code
			return new FetchFailure(FailureReason.ACCESS_DENIED, "status 403");
		}
		if (answer.isThrottlingException()) {
			return new FetchFailure(FailureReason.THROTTLED, detail(code, ""));
		}
		if (code.isEmpty()) {
			return new FetchFailure(FailureReason.SERVICE_ERROR, "status " + answer.statusCode(),
					answer.statusCode() >= SERVER_ERROR);
		}
		FetchFailure failure = of(code, details.errorMessage());
		return new FetchFailure(failure.reason(), failure.detail(),
				failure.outage() || answer.statusCode() >= SERVER_ERROR);
	}

	private static FailureReason reason(String code, String message) {
		if (code.equals("ResourceNotFoundException")) {
			return FailureReason.NOT_FOUND;
		}
		if (code.equals("InvalidRequestException")) {
			return invalidRequestReason(message.toLowerCase(Locale.ROOT));
		}
		if (DENIED.contains(code)) {
			// Without kms:Decrypt the code is the same and only the message tells
			return message.contains("KMS") || message.contains("kms:") ? FailureReason.DECRYPTION_FAILED
					: FailureReason.ACCESS_DENIED;
		}
		if (code.startsWith("DecryptionFailure") || code.startsWith("KMS")) {
			return FailureReason.DECRYPTION_FAILED;
		}
		if (THROTTLED.contains(code)) {
			return FailureReason.THROTTLED;
		}
		if (EXPIRED.contains(code)) {
			return FailureReason.EXPIRED_CREDENTIALS;
		}
		return UNKNOWN_CREDENTIALS.contains(code) ? FailureReason.NO_CREDENTIALS : FailureReason.SERVICE_ERROR;
	}

	private static FailureReason invalidRequestReason(String message) {
		if (message.contains("deletion") || message.contains("deleted")) {
			return FailureReason.MARKED_FOR_DELETION;
		}
		return message.contains("versionstage") ? FailureReason.NOT_FOUND : FailureReason.SERVICE_ERROR;
	}

	private static FetchFailure ofClientFailure(Throwable thrown) {
		String message = (thrown.getMessage() != null) ? thrown.getMessage() : "";
		if (message.startsWith("Unable to load credentials") || message.contains("Unable to load AWS credentials")) {
			return new FetchFailure(FailureReason.NO_CREDENTIALS,
					"no provider in the credentials chain has credentials");
		}
		if (message.startsWith("Unable to load region")) {
			return new FetchFailure(FailureReason.NO_REGION, "no provider of the region chain knows one");
		}
		Throwable root = rootCause(thrown);
		if (root instanceof SocketTimeoutException || root instanceof ConnectException
				|| root instanceof NoRouteToHostException || root instanceof UnknownHostException
				|| hasCause(thrown, SSLException.class) || isWrongHost(root)) {
			return new FetchFailure(FailureReason.UNREACHABLE, describe(root) + ": " + oneLine(root.getMessage()));
		}
		if (root instanceof TooLargeException) {
			return new FetchFailure(FailureReason.SERVICE_ERROR, oneLine(root.getMessage()), true);
		}
		if (root instanceof SocketException || root instanceof EOFException || root.getClass() == IOException.class
				|| describe(root).equals(TRUNCATED_JSON)) {
			return new FetchFailure(FailureReason.UNREACHABLE, "the connection broke (" + describe(root) + ")");
		}
		return new FetchFailure(FailureReason.SERVICE_ERROR, "the answer could not be read (" + describe(root) + ")",
				true);
	}

	/**
	 * Whether the JDK says that the certificate is for another host, in the words of this
	 * or that version.
	 */
	private static boolean isWrongHost(Throwable root) {
		return root.getClass() == IOException.class && root.getMessage() != null
				&& root.getMessage().contains("HTTPS hostname");
	}

	private static String detail(String code, String message) {
		return oneLine(message.isEmpty() ? code : code + ": " + message);
	}

	private static String oneLine(@Nullable String message) {
		String line = (message != null) ? message.replaceAll("[\\p{Cntrl}]+", " ") : "";
		return (line.length() <= MAX_MESSAGE_LENGTH) ? line : line.substring(0, MAX_MESSAGE_LENGTH) + "…";
	}

	private static String describe(Throwable thrown) {
		return thrown.getClass().getSimpleName();
	}

	private static Throwable rootCause(Throwable thrown) {
		Throwable root = thrown;
		while (root.getCause() != null && root.getCause() != root) {
			root = root.getCause();
		}
		return root;
	}

	private static boolean hasCause(Throwable thrown, Class<? extends Throwable> type) {
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return true;
			}
		}
		return false;
	}

}
