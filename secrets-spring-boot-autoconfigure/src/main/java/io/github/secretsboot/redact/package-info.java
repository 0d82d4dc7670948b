/**
 * Follows values of secrets to where they are bound and injected, and keeps them out of
 * everything that is said about that.
 */
@NullMarked
package io.github.secretsboot.redact;

import org.jspecify.annotations.NullMarked;
