/**
 * SSL bundles follow their certificates and keys.
 */
@NullMarked
package io.github.secretsboot.follow.ssl;

import org.jspecify.annotations.NullMarked;
