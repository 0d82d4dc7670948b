package io.github.secretsboot.sample;

/**
 * Stripe refused a charge or did not answer. Carries Stripe's error code and nothing else
 * of what Stripe said.
 */
class ChargeFailedException extends RuntimeException {

	private final String code;

	ChargeFailedException(String code) {
		super("Stripe did not accept the charge: " + code);
		this.code = code;
	}

	String getCode() {
		return this.code;
	}

}
