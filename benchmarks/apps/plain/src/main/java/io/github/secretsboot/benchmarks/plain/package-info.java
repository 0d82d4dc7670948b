/**
 * An application without secrets.
 */
@NullMarked
package io.github.secretsboot.benchmarks.plain;

import org.jspecify.annotations.NullMarked;
