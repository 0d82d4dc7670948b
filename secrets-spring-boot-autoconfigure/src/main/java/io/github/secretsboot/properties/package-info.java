/**
 * The properties of all secrets, found by any name that Spring Boot would bind them by.
 */
@NullMarked
package io.github.secretsboot.properties;

import org.jspecify.annotations.NullMarked;
