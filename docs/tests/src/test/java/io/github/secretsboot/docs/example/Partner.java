package io.github.secretsboot.docs.example;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A client with a log-in that it keeps.
 */
class Partner {

	private final HttpClient http = HttpClient.newHttpClient();

	private final URI uri;

	private volatile String authorization;

	Partner(URI uri) {
		this.uri = uri;
	}

	void logInAs(String username, String password) {
		this.authorization = authorization(username, password);
	}

	String order(String article) throws IOException {
		return send(article, this.authorization);
	}

	void check(String username, String password) throws IOException {
		send("nothing", authorization(username, password));
	}

	private static String authorization(String username, String password) {
		String text = username + ":" + password;
		return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	private String send(String article, String authorization) throws IOException {
		try {
			HttpResponse<String> response = this.http.send(HttpRequest.newBuilder(this.uri.resolve("/" + article))
				.header("Authorization", authorization)
				.build(), BodyHandlers.ofString());
			if (response.statusCode() == 401) {
				throw new RefusedException();
			}
			return response.body();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted");
		}
	}

	static class RefusedException extends IOException {

	}

}
