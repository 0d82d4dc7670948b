/**
 * A Secrets Manager that runs inside the JVM, for tests and for development.
 */
@NullMarked
package io.github.secretsboot.test;

import org.jspecify.annotations.NullMarked;
