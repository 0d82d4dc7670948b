/**
 * Finds who holds values of secrets, updates those that can be updated and names those
 * that cannot.
 */
@NullMarked
package io.github.secretsboot.inject;

import org.jspecify.annotations.NullMarked;
