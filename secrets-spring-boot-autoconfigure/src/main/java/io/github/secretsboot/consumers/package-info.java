/**
 * Who holds values of secrets.
 */
@NullMarked
package io.github.secretsboot.consumers;

import org.jspecify.annotations.NullMarked;
