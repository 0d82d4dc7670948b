package io.github.secretsboot.fetch.aws.direct;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * Signs a {@code POST} to the root of an endpoint. The SDK's signer does the same; it
 * takes four times as long for the first request of an application, which waits for it.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create
 * a signed AWS API request</a>
 */
final class SignatureV4 {

	private static final String ALGORITHM = "AWS4-HMAC-SHA256";

	private static final String SERVICE = "secretsmanager";

	private static final String TERMINATOR = "aws4_request";

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
		.withZone(ZoneOffset.UTC);

	private static final int DATE_LENGTH = 8;

	private SignatureV4() {
	}

	/**
	 * Load what signing needs.
	 */
	static void load() {
		hmac(utf8(SERVICE), hash(utf8(SERVICE)));
	}

	/**
	 * The headers that a request needs, those of the signature among them.
	 * @param headers what to sign beside the host and the time, by lower case name
	 */
	static Map<String, String> sign(String host, Map<String, String> headers, byte[] body, AwsCredentials credentials,
			String region, Instant time) {
		TreeMap<String, String> signed = new TreeMap<>(headers);
		String timestamp = TIME.format(time);
		signed.put("host", host);
		String content = hash(body);
		signed.put("x-amz-content-sha256", content);
		signed.put("x-amz-date", timestamp);
		if (credentials instanceof AwsSessionCredentials session) {
			signed.put("x-amz-security-token", session.sessionToken().strip());
		}
		String names = String.join(";", signed.keySet());
		StringBuilder request = new StringBuilder("POST\n/\n\n");
		signed.forEach((name, value) -> request.append(name).append(':').append(value).append('\n'));
		request.append('\n').append(names).append('\n').append(content);
		String date = timestamp.substring(0, DATE_LENGTH);
		String scope = String.join("/", date, region, SERVICE, TERMINATOR);
		String text = String.join("\n", ALGORITHM, timestamp, scope, hash(utf8(request.toString())));
		byte[] key = utf8("AWS4" + credentials.secretAccessKey().strip());
		for (String part : new String[] { date, region, SERVICE, TERMINATOR, text }) {
			key = hmac(key, part);
		}
		signed.put("authorization", ALGORITHM + " Credential=" + credentials.accessKeyId().strip() + "/" + scope
				+ ", SignedHeaders=" + names + ", Signature=" + HexFormat.of().formatHex(key));
		return signed;
	}

	private static String hash(byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] hmac(byte[] key, String text) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(key, "HmacSHA256"));
			return mac.doFinal(utf8(text));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
