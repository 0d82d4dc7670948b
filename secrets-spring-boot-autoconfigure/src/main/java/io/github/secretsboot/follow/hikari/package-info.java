/**
 * Pools of HikariCP follow the credentials of their database.
 */
@NullMarked
package io.github.secretsboot.follow.hikari;

import org.jspecify.annotations.NullMarked;
