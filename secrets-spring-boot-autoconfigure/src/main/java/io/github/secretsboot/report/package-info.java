/**
 * Reports who holds values of secrets: who is known to, who was found, and whom a
 * rotation has left behind.
 */
@NullMarked
package io.github.secretsboot.report;

import org.jspecify.annotations.NullMarked;
