/**
 * Sees to it that what the value of a secret says is never evaluated. Expressions are
 * evaluated on texts that have marks in the place of values; the values themselves reach
 * an expression as objects, the way a prepared statement gets its parameters.
 */
@NullMarked
package io.github.secretsboot.expression;

import org.jspecify.annotations.NullMarked;
