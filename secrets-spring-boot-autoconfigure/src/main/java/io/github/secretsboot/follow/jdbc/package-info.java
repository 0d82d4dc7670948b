/**
 * What connection pools have in common that follow the credentials of their database.
 */
@NullMarked
package io.github.secretsboot.follow.jdbc;

import org.jspecify.annotations.NullMarked;
