package io.github.secretsboot.sample;

import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;

import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeError;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentCreateParams.AutomaticPaymentMethods;
import com.stripe.param.PaymentIntentCreateParams.AutomaticPaymentMethods.AllowRedirects;
import io.github.secretsboot.Secrets;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/**
 * Charges Stripe's test card. Any number of threads may charge at once, also while the
 * key changes: a charge uses the key that was current when it began.
 */
@Service
class Checkout {

	/**
	 * Works with test keys only, so that nobody's card is charged by accident.
	 */
	private static final String TEST_CARD = "pm_card_visa";

	private static final String SECRET = "myapp/{env}/api-keys";

	/**
	 * Replaced in place when the secret rotates, and therefore read for each charge.
	 */
	@Value("${stripe.secret-key}")
	private volatile String stripeKey;

	private final Secrets secrets;

	private final String apiBase;

	private volatile @Nullable LastCharge lastCharge;

	Checkout(Secrets secrets, @Value("${stripe.api-base:" + Stripe.LIVE_API_BASE + "}") String apiBase) {
		this.secrets = secrets;
		this.apiBase = apiBase;
	}

	/**
	 * Charge the test card.
	 * @param amount the amount in the currency's smallest unit
	 * @param currency the currency's ISO code
	 * @return the charge
	 * @throws ChargeFailedException if Stripe refuses or does not answer
	 */
	Charge charge(long amount, String currency) {
		String key = this.stripeKey;
		PaymentIntentCreateParams params = params(amount, currency);
		try {
			try {
				return charge(params, key);
			}
			catch (AuthenticationException ex) {
				// Nothing was charged. The key may have been rotated a moment ago
				if (this.secrets.reportAuthenticationFailure(SECRET)) {
					return charge(params, this.stripeKey);
				}
				throw ex;
			}
		}
		catch (StripeException ex) {
			// Neither message nor cause: Stripe quotes a part of a key that it refuses
			ChargeFailedException failure = new ChargeFailedException(code(ex));
			this.lastCharge = new LastCharge("failed: " + failure.getCode(), Instant.now());
			throw failure;
		}
	}

	private Charge charge(PaymentIntentCreateParams params, String key) throws StripeException {
		PaymentIntent intent = client(key).v1().paymentIntents().create(params);
		this.lastCharge = new LastCharge(intent.getStatus(), Instant.now());
		return new Charge(intent.getId(), intent.getAmount(), intent.getCurrency(), intent.getStatus(),
				MaskedKey.of(key));
	}

	private StripeClient client(String key) {
		return StripeClient.builder().setApiKey(key).setApiBase(this.apiBase).build();
	}

	private static PaymentIntentCreateParams params(long amount, String currency) {
		AutomaticPaymentMethods withoutRedirects = AutomaticPaymentMethods.builder()
			.setEnabled(true)
			.setAllowRedirects(AllowRedirects.NEVER)
			.build();
		return PaymentIntentCreateParams.builder()
			.setAmount(amount)
			.setCurrency(currency)
			.setPaymentMethod(TEST_CARD)
			.setAutomaticPaymentMethods(withoutRedirects)
			.setConfirm(true)
			.build();
	}

	private static String code(StripeException ex) {
		StripeError error = ex.getStripeError();
		// An unknown key, for one, has a type but no code
		return Stream.of(ex.getCode(), (error != null) ? error.getType() : null)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse("no_answer");
	}

	/**
	 * Show which key the next charge uses.
	 * @return the key, masked
	 */
	String maskedKey() {
		return MaskedKey.of(this.stripeKey);
	}

	/**
	 * Return how the last charge went.
	 * @return what came of it, or {@code null} if there was none
	 */
	@Nullable LastCharge lastCharge() {
		return this.lastCharge;
	}

}
