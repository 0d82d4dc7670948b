package io.github.secretsboot.sample;

import java.util.Optional;
import java.util.function.Function;

import io.github.secretsboot.test.StoredVersion;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds Stripe keys in the sample's secret, so that Stripe knows every key that somebody
 * puts there, whichever way. A version without a key issued none: the key before it stays
 * the current one.
 */
final class SecretKeys implements StripeKeys {

	private final JsonMapper mapper = JsonMapper.shared();

	private final Function<String, Optional<StoredVersion>> secret;

	/**
	 * Create a view of the keys in a secret.
	 * @param secret finds the secret's version with a given staging label
	 */
	SecretKeys(Function<String, Optional<StoredVersion>> secret) {
		this.secret = secret;
	}

	@Override
	public Optional<Key> current() {
		return find("AWSCURRENT").or(() -> find("AWSPREVIOUS"));
	}

	@Override
	public Optional<Key> previous() {
		return find("AWSCURRENT").flatMap((current) -> find("AWSPREVIOUS"));
	}

	private Optional<Key> find(String stage) {
		return this.secret.apply(stage).flatMap(this::key);
	}

	private Optional<Key> key(StoredVersion version) {
		try {
			JsonNode key = this.mapper.readTree(version.text()).path("STRIPE_SECRET_KEY");
			return key.isString() ? Optional.of(new Key(key.asString(), version.versionId(), version.created()))
					: Optional.empty();
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
	}

}
