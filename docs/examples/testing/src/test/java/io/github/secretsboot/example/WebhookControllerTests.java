package io.github.secretsboot.example;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

@WebMvcTest(WebhookController.class)
class WebhookControllerTests {

	@MockitoBean
	private WebhookSigner signer;

	@Test
	void whenPayloadIsPostedThenAnswersItsSignature(@Autowired MockMvcTester mvc) throws Exception {
		given(this.signer.sign("hello")).willReturn("signature");
		assertThat(mvc.post().uri("/webhooks/signature").content("hello")).hasBodyTextEqualTo("signature");
	}

}
