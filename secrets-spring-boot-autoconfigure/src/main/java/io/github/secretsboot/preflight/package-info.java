/**
 * Tells with {@code --secrets.preflight} whether an application would find its secrets,
 * and ends it before its context exists.
 */
@NullMarked
package io.github.secretsboot.preflight;

import org.jspecify.annotations.NullMarked;
