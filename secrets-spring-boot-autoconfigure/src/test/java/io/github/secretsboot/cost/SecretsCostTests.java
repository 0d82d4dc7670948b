package io.github.secretsboot.cost;

import java.math.BigDecimal;

import io.github.secretsboot.env.InMemorySecrets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link SecretsCost}.
 */
class SecretsCostTests {

	/** 30 days of a check every five minutes. */
	private static final int PASSES = 8640;

	private final InMemorySecrets secrets = new InMemorySecrets();

	@Test
	void whenThereIsOneSecretThenEachPassIsOneCall() {
		this.secrets.with("a").load();
		assertThat(cost().monthlyCalls()).isEqualByComparingTo(BigDecimal.valueOf(PASSES));
		assertThat(cost().monthlyCost()).isEqualByComparingTo("0.4432");
	}

	@Test
	void whenTwentyFiveSecretsFitIntoTwoBatchesThenEachPassIsTwoCalls() {
		addSecrets(25);
		this.secrets.load();
		assertThat(cost().monthlyCalls()).isEqualByComparingTo(BigDecimal.valueOf(2 * PASSES));
		assertThat(cost().monthlyCost()).isEqualByComparingTo("10.0864");
	}

	@Test
	void whenCallsHaveBeenMadeThenTheRateStaysAsPlanned() {
		this.secrets.with("a").load();
		BigDecimal planned = cost().monthlyCost();
		for (int i = 0; i < 5; i++) {
			this.secrets.engine().refresh();
		}
		assertThat(cost().monthlyCost()).isEqualByComparingTo(planned);
	}

	@Test
	void whenRefreshIsDisabledThenOnlySecretsCost() {
		this.secrets.with("a").with("b").load(false);
		assertThat(cost().monthlyCalls()).isZero();
		assertThat(cost().monthlyCost()).isEqualByComparingTo("0.80");
	}

	@Test
	void whenSecretIsMissingThenOnlyAskingForItCosts() {
		this.secrets.withMissing("later").load();
		assertThat(cost().monthlyCost()).isEqualByComparingTo("0.0432");
	}

	@Test
	void whenVersionIsPinnedThenItIsNotAskedForAgain() {
		this.secrets.withPinned("a", "version-1").load();
		assertThat(cost().monthlyCost()).isEqualByComparingTo("0.40");
	}

	@Test
	void whenSecretIsListedTwiceThenItIsPaidForOnce() {
		this.secrets.with("a").with("a").load();
		assertThat(cost().monthlyCost()).isEqualByComparingTo("0.4432");
	}

	private void addSecrets(int number) {
		for (int i = 0; i < number; i++) {
			this.secrets.with("secret-" + i);
		}
	}

	private SecretsCost cost() {
		return new SecretsCost(this.secrets.engine(), new BigDecimal("0.05"), new BigDecimal("0.40"));
	}

}
