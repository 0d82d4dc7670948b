/**
 * Clients that take new credentials while they run: what all of them have in common.
 */
@NullMarked
package io.github.secretsboot.follow;

import org.jspecify.annotations.NullMarked;
