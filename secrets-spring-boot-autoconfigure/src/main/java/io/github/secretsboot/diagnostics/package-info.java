/**
 * Tells people what went wrong with a secret and what to do about it.
 */
@NullMarked
package io.github.secretsboot.diagnostics;

import org.jspecify.annotations.NullMarked;
