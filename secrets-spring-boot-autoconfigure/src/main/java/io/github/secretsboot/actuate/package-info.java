/**
 * The actuator endpoint.
 */
@NullMarked
package io.github.secretsboot.actuate;

import org.jspecify.annotations.NullMarked;
