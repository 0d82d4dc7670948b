package io.github.secretsboot.example;

import java.util.Map;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.autoconfigure.SecretsAutoConfiguration;
import io.github.secretsboot.test.SecretsManagerServer;
import io.github.secretsboot.test.spring.Secret;
import io.github.secretsboot.test.spring.WithSecretsManager;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(classes = WebhookSigner.class)
@ImportAutoConfiguration(SecretsAutoConfiguration.class)
@WithSecretsManager(
		secrets = @Secret(name = "webhooks/default/signing", value = "{\"WEBHOOK_SIGNING_KEY\": \"canary-first\"}"))
class WebhookSignerSliceTests {

	@Test
	void whenKeyRotatesThenSignsWithTheNewOne(@Autowired WebhookSigner signer, @Autowired Secrets secrets,
			@Autowired SecretsManagerServer server) throws Exception {
		String before = signer.sign("hello");
		server.rotate("webhooks/default/signing", Map.of("WEBHOOK_SIGNING_KEY", "canary-second"));
		secrets.refresh();
		assertThat(signer.sign("hello")).isNotEqualTo(before);
	}

}
