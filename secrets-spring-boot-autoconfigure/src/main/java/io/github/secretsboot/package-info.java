/**
 * The public API: what an application reads, implements and listens to.
 */
@NullMarked
package io.github.secretsboot;

import org.jspecify.annotations.NullMarked;
