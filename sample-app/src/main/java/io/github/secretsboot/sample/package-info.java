/**
 * A web application that charges cards with a Stripe key from a secret.
 */
@NullMarked
package io.github.secretsboot.sample;

import org.jspecify.annotations.NullMarked;
