package io.github.secretsboot.test;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import tools.jackson.databind.node.ObjectNode;

/**
 * Invokes real rotation functions, wherever something answers like AWS Lambda: what
 * {@code sam local start-lambda} runs, for example.
 */
final class LambdaEndpoint {

	/** What a function may take at most. */
	private static final Duration TIMEOUT = Duration.ofMinutes(15);

	private final URI endpoint;

	LambdaEndpoint(URI endpoint) {
		this.endpoint = endpoint;
	}

	void invoke(String functionArn, RotationEvent event) throws IOException {
		ObjectNode payload = ResponseBodies.empty()
			.put("Step", event.step().wireName())
			.put("SecretId", event.secretId())
			.put("ClientRequestToken", event.clientRequestToken());
		HttpURLConnection connection = (HttpURLConnection) uri(functionArn).toURL().openConnection();
		connection.setReadTimeout((int) TIMEOUT.toMillis());
		connection.setDoOutput(true);
		connection.setRequestProperty("Content-Type", "application/json");
		// A connection that a simple server is about to close is no good for the next
		// step
		connection.setRequestProperty("Connection", "close");
		connection.getOutputStream().write(payload.toString().getBytes(StandardCharsets.UTF_8));
		int status = connection.getResponseCode();
		String error = connection.getHeaderField("X-Amz-Function-Error");
		connection.disconnect();
		if (status == HttpURLConnection.HTTP_NOT_FOUND) {
			throw AwsError.cannotInvoke();
		}
		if (status >= HttpURLConnection.HTTP_MULT_CHOICE || error != null) {
			// What the function says may contain a value
			throw new IOException("The function failed with status " + status);
		}
	}

	private URI uri(String functionArn) {
		String[] parts = functionArn.split(":function:");
		String name = parts[parts.length - 1].split(":")[0];
		return URI.create("%s/2015-03-31/functions/%s/invocations"
			.formatted(this.endpoint.toString().replaceAll("/$", ""), URLEncoder.encode(name, StandardCharsets.UTF_8)));
	}

}
