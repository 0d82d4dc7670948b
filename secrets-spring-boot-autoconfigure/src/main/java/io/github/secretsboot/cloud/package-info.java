/**
 * Gets along with Spring Cloud Context, where it is present.
 */
@NullMarked
package io.github.secretsboot.cloud;

import org.jspecify.annotations.NullMarked;
