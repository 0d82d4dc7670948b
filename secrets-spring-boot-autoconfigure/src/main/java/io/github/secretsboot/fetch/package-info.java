/**
 * Reads secret values in as few and as short calls as a deadline and the permissions
 * allow.
 */
@NullMarked
package io.github.secretsboot.fetch;

import org.jspecify.annotations.NullMarked;
