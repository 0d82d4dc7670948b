package io.github.secretsboot.sample;

import java.time.Instant;
import java.util.List;

import io.github.secretsboot.actuate.SecretsEndpoint.SecretsDescriptor;
import io.github.secretsboot.sample.ChargeHistory.Charges;
import io.github.secretsboot.sample.SecretHistory.Happening;
import org.jspecify.annotations.Nullable;

/**
 * All that the page shows, at one moment. Holds no value of a secret but the Stripe key,
 * masked.
 *
 * @param now the time
 * @param key the key that the next charge uses, masked
 * @param charges what was charged
 * @param rotations how many secrets rotated since the start
 * @param happenings what last happened to the secrets
 * @param secrets where the secrets stand, who holds them and what they cost
 * @param controls what the reader can do, or {@code null} if nothing
 */
record PageState(Instant now, String key, Charges charges, long rotations, List<Happening> happenings,
		SecretsDescriptor secrets, @Nullable Object controls) {

}
