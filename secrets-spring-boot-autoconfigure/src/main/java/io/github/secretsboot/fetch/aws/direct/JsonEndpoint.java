package io.github.secretsboot.fetch.aws.direct;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.github.secretsboot.fetch.CallOperation;
import io.github.secretsboot.fetch.aws.AnswerStream;
import io.github.secretsboot.fetch.aws.AnswerStream.TooLargeException;
import io.github.secretsboot.fetch.aws.CallBudget;
import io.github.secretsboot.fetch.aws.HttpConnections;
import io.github.secretsboot.fetch.aws.SecretsManagerCalls.EntryError;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Sends signed requests to one endpoint with the JDK's HTTP connection, which it keeps
 * alive for the next request. Says what goes wrong with the exceptions of the SDK. Safe
 * for use by many threads.
 */
class JsonEndpoint {

	private static final Set<String> CLOCK_CODES = Set.of("RequestTimeTooSkewed", "RequestExpired",
			"RequestInTheFuture", "InvalidSignatureException", "SignatureDoesNotMatch", "AuthFailure");

	private static final long TOLERATED_SKEW = Duration.ofMinutes(4).toMillis();

	private static final int BUFFER_SIZE = 4096;

	/** An answer may be larger, but is not believed to be before it is. */
	private static final int MAX_INITIAL_SIZE = 256 * 1024;

	private static final byte[] NOTHING = {};

	private final URL url;

	private final String region;

	private final AwsCredentialsProvider credentials;

	private final String userAgent;

	private final Clock clock;

	JsonEndpoint(URL url, String region, AwsCredentialsProvider credentials, String userAgent, Clock clock) {
		this.url = url;
		this.region = region;
		this.credentials = credentials;
		this.userAgent = userAgent;
		this.clock = clock;
	}

	String region() {
		return this.region;
	}

	/**
	 * Make one attempt.
	 * @param budget what it may use up
	 * @return the body of the answer
	 * @throws UnsuitedException if the SDK's client can do what this one cannot
	 */
	byte[] post(CallOperation operation, byte[] body, CallBudget budget) {
		AwsCredentials signer = this.credentials.resolveCredentials();
		if (signer.accessKeyId() == null || signer.secretAccessKey() == null) {
			throw new UnsuitedException();
		}
		try {
			HttpURLConnection connection = HttpConnections.open(this.url, budget.deadline());
			connection.setRequestMethod("POST");
			connection.setDoOutput(true);
			headers(operation, body, signer).forEach(connection::setRequestProperty);
			connection.setFixedLengthStreamingMode(body.length);
			try (OutputStream out = connection.getOutputStream()) {
				out.write(body);
			}
			int status = connection.getResponseCode();
			if (status == HttpURLConnection.HTTP_OK) {
				return read(connection, connection.getInputStream(), status, budget);
			}
			throw failure(connection, status, error(connection, status, budget));
		}
		catch (SocketTimeoutException ex) {
			throw budget.deadline().isOver() ? timedOut() : failed(ex);
		}
		catch (IOException ex) {
			throw failed(ex);
		}
	}

	private static SdkClientException timedOut() {
		return ApiCallAttemptTimeoutException.builder().message("The call took too long").build();
	}

	private static SdkClientException failed(IOException ex) {
		return SdkClientException.create("The call failed", ex);
	}

	private Map<String, String> headers(CallOperation operation, byte[] body, AwsCredentials signer) {
		Map<String, String> headers = new HashMap<>(
				SignatureV4.sign(host(this.url),
						Map.of("content-type", "application/x-amz-json-1.1", "x-amz-target",
								"secretsmanager." + operation.awsName()),
						body, signer, this.region, this.clock.instant()));
		headers.remove("host");
		headers.put("user-agent", this.userAgent);
		headers.put("accept", "*/*");
		return headers;
	}

	static String host(URL url) {
		return (url.getPort() == -1 || url.getPort() == url.getDefaultPort()) ? url.getHost()
				: url.getHost() + ":" + url.getPort();
	}

	/**
	 * Read all of an answer. What breaks off is not always said to be broken.
	 */
	private static byte[] read(HttpURLConnection connection, InputStream content, int status, CallBudget budget)
			throws IOException {
		long expected = connection.getContentLengthLong();
		ByteArrayOutputStream body = new ByteArrayOutputStream(
				(int) Math.min(Math.max(expected, BUFFER_SIZE), MAX_INITIAL_SIZE));
		try (InputStream stream = AnswerStream.of(content, status, budget.bytes())) {
			byte[] buffer = new byte[BUFFER_SIZE];
			for (int count = stream.read(buffer); count != -1; count = stream.read(buffer)) {
				body.write(buffer, 0, count);
				if (budget.deadline().isOver()) {
					throw new SocketTimeoutException("Read timed out");
				}
			}
		}
		if (body.size() < expected) {
			throw new EOFException("The answer is cut off");
		}
		return body.toByteArray();
	}

	/**
	 * Read what an error says. The status counts, whatever else there is.
	 */
	private static byte[] error(HttpURLConnection connection, int status, CallBudget budget) throws IOException {
		InputStream content = connection.getErrorStream();
		try {
			return (content != null) ? read(connection, content, status, budget) : NOTHING;
		}
		catch (TooLargeException ex) {
			return NOTHING;
		}
	}

	private RuntimeException failure(HttpURLConnection connection, int status, byte[] body) {
		EntryError error = WireFormat.error(body);
		String type = connection.getHeaderField("x-amzn-ErrorType");
		String code = code((type != null) ? type : error.code());
		long sent = connection.getDate();
		if (code != null && CLOCK_CODES.contains(code) && sent != 0
				&& Math.abs(sent - this.clock.millis()) > TOLERATED_SKEW) {
			return new UnsuitedException();
		}
		return AwsServiceException.builder()
			.statusCode(status)
			.message("The call was answered with status " + status)
			.awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(error.message()).build())
			.build();
	}

	/**
	 * The code alone: it may come with a namespace in front or an address behind.
	 */
	private static @Nullable String code(@Nullable String type) {
		if (type == null) {
			return null;
		}
		String code = type.substring(type.indexOf('#') + 1);
		int end = code.indexOf(':');
		return (end != -1) ? code.substring(0, end) : code;
	}

	@Override
	public String toString() {
		return this.url.toString();
	}

	/**
	 * What this endpoint cannot do, such as correcting a clock or not signing.
	 */
	static final class UnsuitedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

	}

}
