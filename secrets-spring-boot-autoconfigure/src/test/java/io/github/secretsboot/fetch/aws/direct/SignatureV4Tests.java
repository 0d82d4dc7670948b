package io.github.secretsboot.fetch.aws.direct;

import java.io.ByteArrayInputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that requests are signed as the SDK signs them.
 */
class SignatureV4Tests {

	private static final Map<String, String> HEADERS = Map.of("content-type", "application/x-amz-json-1.1",
			"x-amz-target", "secretsmanager.GetSecretValue");

	static Stream<Arguments> requests() {
		AwsCredentials basic = AwsBasicCredentials.create("AKIDEXAMPLE", "canary-secret-key/+=");
		AwsCredentials padded = AwsBasicCredentials.create(" AKIDEXAMPLE ", " canary-secret-key\t");
		AwsCredentials session = AwsSessionCredentials.create("ASIAEXAMPLE", "canary-secret-key", "canary/token+==");
		return Stream.of(Arguments.of("https://secretsmanager.eu-west-1.amazonaws.com", "eu-west-1", basic, "{}"),
				Arguments.of("http://localhost:4566", "us-east-1", basic, "{\"SecretId\":\"a/ü€😀\"}"),
				Arguments.of("https://localhost:443", "us-east-1", padded, ""),
				Arguments.of("https://secretsmanager.ap-southeast-5.amazonaws.com", "ap-southeast-5", session, "{}"));
	}

	@ParameterizedTest
	@MethodSource("requests")
	void whenRequestIsSignedThenSignatureIsTheOneOfTheSdk(URI endpoint, String region, AwsCredentials credentials,
			String text) throws MalformedURLException {
		byte[] body = text.getBytes(StandardCharsets.UTF_8);
		Instant time = Instant.parse("2026-02-28T23:59:59.999Z");
		Map<String, String> signed = SignatureV4.sign(JsonEndpoint.host(endpoint.toURL()), HEADERS, body, credentials,
				region, time);
		assertThat(signed).containsEntry("authorization", authorization(endpoint, region, credentials, body, time))
			.doesNotContainValue("canary-secret-key")
			.containsEntry("x-amz-date", "20260228T235959Z");
		if (credentials instanceof AwsSessionCredentials session) {
			assertThat(signed).containsEntry("x-amz-security-token", session.sessionToken());
		}
	}

	static String authorization(URI endpoint, String region, AwsCredentials credentials, byte[] body, Instant time) {
		SdkHttpRequest.Builder request = SdkHttpRequest.builder().uri(endpoint).encodedPath("/");
		request.method(SdkHttpMethod.POST);
		HEADERS.forEach(request::putHeader);
		return AwsV4HttpSigner.create()
			.sign((sign) -> sign.identity(credentials)
				.request(request.build())
				.payload(() -> new ByteArrayInputStream(body))
				.putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "secretsmanager")
				.putProperty(AwsV4HttpSigner.REGION_NAME, region)
				.putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, true)
				.putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(time, ZoneOffset.UTC)))
			.request()
			.firstMatchingHeader("Authorization")
			.orElseThrow();
	}

}
