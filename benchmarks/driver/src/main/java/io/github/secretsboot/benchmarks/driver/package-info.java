/**
 * Starts the applications, compares them and writes the results.
 */
@NullMarked
package io.github.secretsboot.benchmarks.driver;

import org.jspecify.annotations.NullMarked;
