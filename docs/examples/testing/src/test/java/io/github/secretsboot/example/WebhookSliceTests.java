package io.github.secretsboot.example;

import java.util.Map;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.test.SecretsManagerServer;
import io.github.secretsboot.test.spring.Secret;
import io.github.secretsboot.test.spring.WithSecretsManager;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

@WebMvcTest(WebhookController.class)
@Import(WebhookSigner.class)
@WithSecretsManager(
		secrets = @Secret(name = "webhooks/default/signing", value = "{\"WEBHOOK_SIGNING_KEY\": \"canary-first\"}"))
class WebhookSliceTests {

	@Test
	void whenKeyRotatesThenSignsWithTheNewOne(@Autowired MockMvcTester mvc, @Autowired Secrets secrets,
			@Autowired SecretsManagerServer server) throws Exception {
		String before = sign(mvc);
		server.rotate("webhooks/default/signing", Map.of("WEBHOOK_SIGNING_KEY", "canary-second"));
		secrets.refresh();
		assertThat(sign(mvc)).isNotEqualTo(before);
	}

	private static String sign(MockMvcTester mvc) throws Exception {
		return mvc.post().uri("/webhooks/signature").content("hello").exchange().getResponse().getContentAsString();
	}

}
