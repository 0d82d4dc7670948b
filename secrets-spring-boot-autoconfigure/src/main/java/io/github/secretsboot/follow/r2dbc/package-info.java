/**
 * Connection factories of R2DBC follow the credentials of their database.
 */
@NullMarked
package io.github.secretsboot.follow.r2dbc;

import org.jspecify.annotations.NullMarked;
