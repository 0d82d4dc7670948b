/**
 * Finds who holds the values of secrets, by looking for the values themselves.
 */
@NullMarked
package io.github.secretsboot.holders;

import org.jspecify.annotations.NullMarked;
