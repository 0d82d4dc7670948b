package io.github.secretsboot.sample;

import org.jspecify.annotations.Nullable;

/**
 * What to charge, as a client asks for it.
 *
 * @param amount the amount in the currency's smallest unit
 * @param currency the currency's ISO code
 */
record ChargeRequest(@Nullable Long amount, @Nullable String currency) {

}
