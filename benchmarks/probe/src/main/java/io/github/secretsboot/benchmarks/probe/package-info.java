/**
 * What the applications have in common: they measure their own start and passes.
 */
@NullMarked
package io.github.secretsboot.benchmarks.probe;

import org.jspecify.annotations.NullMarked;
