package io.github.secretsboot.sample;

import java.time.Instant;

/**
 * How the last charge went.
 *
 * @param status Stripe's word for it, or why it failed
 * @param at when that was known
 */
record LastCharge(String status, Instant at) {

}
