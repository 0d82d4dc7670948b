package io.github.secretsboot.sample;

/**
 * A charge that Stripe accepted.
 *
 * @param id Stripe's id for it
 * @param amount the amount in the currency's smallest unit
 * @param currency the currency's ISO code
 * @param status Stripe's word for what came of it
 * @param key the key that was used, masked
 */
record Charge(String id, long amount, String currency, String status, String key) {

}
