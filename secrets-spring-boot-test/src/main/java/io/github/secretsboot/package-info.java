/**
 * x.
 */
@NullMarked
package io.github.secretsboot;

import org.jspecify.annotations.NullMarked;
