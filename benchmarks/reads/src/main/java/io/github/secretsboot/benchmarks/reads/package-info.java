/**
 * Reading a secret that has been loaded.
 */
@NullMarked
package io.github.secretsboot.benchmarks.reads;

import org.jspecify.annotations.NullMarked;
