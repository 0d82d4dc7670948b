package io.github.secretsboot.example;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

@Component
class WebhookSigner {

	private static final String ALGORITHM = "HmacSHA256";

	// Replaced in place when the secret rotates, and therefore read for each signature
	@Value("${webhook.signing-key}")
	private volatile String signingKey;

	String sign(String payload) throws GeneralSecurityException {
		Mac mac = Mac.getInstance(ALGORITHM);
		mac.init(new SecretKeySpec(this.signingKey.getBytes(StandardCharsets.UTF_8), ALGORITHM));
		return HexFormat.of().formatHex(mac.doFinal(payload.getBytes(StandardCharsets.UTF_8)));
	}

}
