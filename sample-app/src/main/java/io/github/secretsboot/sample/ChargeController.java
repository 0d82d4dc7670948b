package io.github.secretsboot.sample;

import java.util.Locale;
import java.util.regex.Pattern;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Charges on request. Takes JSON only, which a page of another site cannot send without
 * being asked for permission first.
 */
@RestController
class ChargeController {

	private static final Pattern CURRENCY = Pattern.compile("[A-Za-z]{3}");

	private final Checkout checkout;

	private final ChargeHistory history;

	ChargeController(Checkout checkout, ChargeHistory history) {
		this.checkout = checkout;
		this.history = history;
	}

	@PostMapping(path = "/charges", consumes = MediaType.APPLICATION_JSON_VALUE)
	Charge charge(@RequestBody ChargeRequest request) {
		Long amount = request.amount();
		if (amount == null || amount <= 0) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "amount must be a number greater than zero");
		}
		String currency = request.currency();
		if (currency == null || !CURRENCY.matcher(currency).matches()) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "currency must be a code of three letters");
		}
		Charge charge = this.checkout.charge(amount, currency.toLowerCase(Locale.ROOT));
		this.history.accepted(charge.key());
		return charge;
	}

	@ExceptionHandler
	ProblemDetail failed(ChargeFailedException ex) {
		this.history.failed();
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_GATEWAY,
				"Stripe did not accept the charge");
		problem.setProperty("code", ex.getCode());
		return problem;
	}

}
