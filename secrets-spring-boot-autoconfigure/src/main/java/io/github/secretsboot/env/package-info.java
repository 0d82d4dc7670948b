/**
 * Makes secrets part of the environment before the application context exists.
 */
@NullMarked
package io.github.secretsboot.env;

import org.jspecify.annotations.NullMarked;
