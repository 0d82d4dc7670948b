package io.github.secretsboot.sample;

import java.time.Instant;
import java.util.Optional;

/**
 * The keys that a {@link StripeStandIn} knows. Asked for each request, so that a rotation
 * takes effect at once.
 */
interface StripeKeys {

	/**
	 * Return the key that is valid.
	 * @return the key
	 */
	Optional<Key> current();

	/**
	 * Return the key before that, which stays valid for a grace period.
	 * @return the key
	 */
	Optional<Key> previous();

	/**
	 * A key.
	 *
	 * @param value the key itself
	 * @param version identifies it without giving it away
	 * @param created when it was issued
	 */
	record Key(String value, String version, Instant created) {

		@Override
		public String toString() {
			return "Key[version=" + this.version + ", created=" + this.created + "]";
		}

	}

}
