/**
 * What reading secrets costs.
 */
@NullMarked
package io.github.secretsboot.cost;

import org.jspecify.annotations.NullMarked;
