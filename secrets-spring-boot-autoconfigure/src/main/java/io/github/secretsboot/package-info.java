/**
 * Public API: the types that an application calls, implements and listens to.
 */
@NullMarked
package io.github.secretsboot;

import org.jspecify.annotations.NullMarked;
