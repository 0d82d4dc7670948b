package io.github.secretsboot.sample;

import java.time.Clock;

import io.github.secretsboot.actuate.SecretsEndpoint;
import io.github.secretsboot.actuate.SecretsEndpoint.SecretsDescriptor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Puts together what the page shows.
 */
@Component
class PageStates {

	private final Checkout checkout;

	private final ChargeHistory charges;

	private final SecretHistory history;

	private final SecretsEndpoint secrets;

	private final ObjectProvider<Controls> controls;

	private final Clock clock;

	PageStates(Checkout checkout, ChargeHistory charges, SecretHistory history, SecretsEndpoint secrets,
			ObjectProvider<Controls> controls, Clock clock) {
		this.checkout = checkout;
		this.charges = charges;
		this.history = history;
		this.secrets = secrets;
		this.controls = controls;
		this.clock = clock;
	}

	PageState now() {
		SecretsDescriptor secrets = this.secrets.secrets();
		this.history.observe(secrets.sources());
		Controls controls = this.controls.getIfAvailable();
		return new PageState(this.clock.instant(), this.checkout.maskedKey(), this.charges.charges(),
				this.history.rotations(), this.history.happenings(), secrets,
				(controls != null) ? controls.state() : null);
	}

}
