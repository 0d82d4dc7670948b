/**
 * The application with Spring Cloud AWS's starter and what it needs to follow changes.
 */
@NullMarked
package io.github.secretsboot.benchmarks.reload;

import org.jspecify.annotations.NullMarked;
