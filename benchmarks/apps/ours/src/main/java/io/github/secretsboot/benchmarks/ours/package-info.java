/**
 * The same application with our starter.
 */
@NullMarked
package io.github.secretsboot.benchmarks.ours;

import org.jspecify.annotations.NullMarked;
