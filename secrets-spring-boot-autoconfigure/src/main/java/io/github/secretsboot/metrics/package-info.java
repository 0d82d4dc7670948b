/**
 * Tells Micrometer about calls, passes, rotations, the age of secrets and what they cost.
 */
@NullMarked
package io.github.secretsboot.metrics;

import org.jspecify.annotations.NullMarked;
