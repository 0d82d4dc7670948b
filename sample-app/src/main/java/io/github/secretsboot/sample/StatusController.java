package io.github.secretsboot.sample;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells the page which key is in use, where it came from, and how the last charge went.
 */
@RestController
class StatusController {

	private final Checkout checkout;

	private final ConfigurableEnvironment environment;

	StatusController(Checkout checkout, ConfigurableEnvironment environment) {
		this.checkout = checkout;
		this.environment = environment;
	}

	@GetMapping("/status")
	Status status() {
		return new Status(this.checkout.maskedKey(), origin("stripe.secret-key"), this.checkout.lastCharge());
	}

	private @Nullable String origin(String property) {
		return this.environment.getPropertySources()
			.stream()
			.map((source) -> OriginLookup.<String>getOrigin(source, property))
			.filter(Objects::nonNull)
			.map(Origin::toString)
			.findFirst()
			.orElse(null);
	}

	/**
	 * What the page shows.
	 *
	 * @param key the key that the next charge uses, masked
	 * @param origin where the key came from
	 * @param lastCharge how the last charge went
	 */
	record Status(String key, @Nullable String origin, @Nullable LastCharge lastCharge) {

	}

}
