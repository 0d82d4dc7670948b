package io.github.secretsboot.example;

import java.util.Map;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.SecretFailure;
import io.github.secretsboot.Secrets;
import io.github.secretsboot.SecretsRefreshFailedEvent;
import io.github.secretsboot.test.Fault;
import io.github.secretsboot.test.SecretsManagerServer;
import io.github.secretsboot.test.spring.Secret;
import io.github.secretsboot.test.spring.WithSecretsManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest
@RecordApplicationEvents
@WithSecretsManager(secrets = @Secret(name = WebhookSignerTests.NAME, value = WebhookSignerTests.FIRST))
class WebhookSignerTests {

	static final String NAME = "webhooks/default/signing";

	static final String FIRST = "{\"WEBHOOK_SIGNING_KEY\": \"canary-first\"}";

	private static final Map<String, String> SECOND = Map.of("WEBHOOK_SIGNING_KEY", "canary-second");

	@Autowired
	private SecretsManagerServer server;

	@Autowired
	private Secrets secrets;

	@Autowired
	private WebhookSigner signer;

	private String before;

	@BeforeEach
	void start() throws Exception {
		this.server.rotate(NAME, FIRST);
		this.secrets.refresh();
		this.before = this.signer.sign("hello");
	}

	@Test
	void whenKeyRotatesThenSignsWithTheNewOne() throws Exception {
		this.server.rotate(NAME, SECOND);
		assertThat(this.secrets.refresh().changes()).hasSize(1);
		assertThat(this.signer.sign("hello")).isNotEqualTo(this.before);
	}

	@Test
	void whenAccessIsDeniedThenGoesOnSigningAndSaysSo(@Autowired ApplicationEvents events) throws Exception {
		this.server.rotate(NAME, SECOND);
		this.server.deny(NAME);
		assertThat(this.secrets.refresh().failures()).extracting(SecretFailure::reason)
			.containsExactly(FailureReason.ACCESS_DENIED);
		assertThat(this.signer.sign("hello")).isEqualTo(this.before);
		assertThat(events.stream(SecretsRefreshFailedEvent.class)).extracting(SecretsRefreshFailedEvent::reason)
			.containsExactly(FailureReason.ACCESS_DENIED);
	}

	@Test
	void whenNewVersionIsBrokenThenGoesOnSigningUntilItIsMended() throws Exception {
		this.server.rotate(NAME, SECOND);
		this.server.fail(Fault.brokenValue().on(NAME));
		assertThat(this.secrets.refresh().failures()).extracting(SecretFailure::reason)
			.containsExactly(FailureReason.MALFORMED);
		assertThat(this.signer.sign("hello")).isEqualTo(this.before);
		this.server.heal();
		assertThat(this.secrets.refresh().changes()).hasSize(1);
		assertThat(this.signer.sign("hello")).isNotEqualTo(this.before);
	}

	@Test
	void whenThrottledTwiceThenRotationArrivesAllTheSame() throws Exception {
		this.server.rotate(NAME, SECOND);
		this.server.throttle(2);
		assertThat(this.secrets.refresh().changes()).hasSize(1);
		assertThat(this.signer.sign("hello")).isNotEqualTo(this.before);
	}

}
