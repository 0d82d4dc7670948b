/**
 * The same application with Spring Cloud AWS's starter.
 */
@NullMarked
package io.github.secretsboot.benchmarks.incumbent;

import org.jspecify.annotations.NullMarked;
