package io.github.secretsboot.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads Stripe keys from a secret, with the wire protocol that the AWS SDK uses too: so
 * Stripe knows every key that somebody puts there, whichever way.
 */
final class SecretsManagerKeys implements StripeKeys {

	private final JsonMapper mapper = JsonMapper.shared();

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final URI endpoint;

	private final String secret;

	private final String member;

	SecretsManagerKeys(URI endpoint, String secret, String member) {
		this.endpoint = endpoint;
		this.secret = secret;
		this.member = member;
	}

	@Override
	public Optional<Key> current() {
		return read("AWSCURRENT");
	}

	@Override
	public Optional<Key> previous() {
		return read("AWSPREVIOUS");
	}

	private Optional<Key> read(String stage) {
		HttpResponse<byte[]> response = send(Map.of("SecretId", this.secret, "VersionStage", stage));
		return (response.statusCode() == 200) ? key(this.mapper.readTree(response.body())) : Optional.empty();
	}

	private HttpResponse<byte[]> send(Map<String, String> body) {
		HttpRequest request = HttpRequest.newBuilder(this.endpoint)
			.header("Authorization", "stripe-stand-in")
			.header("Content-Type", "application/x-amz-json-1.1")
			.header("X-Amz-Target", "secretsmanager.GetSecretValue")
			.POST(BodyPublishers.ofByteArray(this.mapper.writeValueAsBytes(body)))
			.build();
		try {
			return this.http.send(request, BodyHandlers.ofByteArray());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while reading keys", ex);
		}
	}

	private Optional<Key> key(JsonNode value) {
		JsonNode key = this.mapper.readTree(value.path("SecretString").asString("{}")).path(this.member);
		return key.isString() ? Optional.of(new Key(key.asString(), value.path("VersionId").asString(), created(value)))
				: Optional.empty();
	}

	private static Instant created(JsonNode value) {
		return Instant.ofEpochMilli(value.path("CreatedDate").decimalValue().movePointRight(3).longValue());
	}

}
