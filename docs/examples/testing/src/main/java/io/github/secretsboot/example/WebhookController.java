package io.github.secretsboot.example;

import java.security.GeneralSecurityException;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class WebhookController {

	private final WebhookSigner signer;

	WebhookController(WebhookSigner signer) {
		this.signer = signer;
	}

	@PostMapping("/webhooks/signature")
	String sign(@RequestBody String payload) throws GeneralSecurityException {
		return this.signer.sign(payload);
	}

}
