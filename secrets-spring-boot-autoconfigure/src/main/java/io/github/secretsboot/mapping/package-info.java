/**
 * Turns the content of a secret into flat property names and values.
 */
@NullMarked
package io.github.secretsboot.mapping;

import org.jspecify.annotations.NullMarked;
