/**
 * Pools of Apache Commons DBCP 2 follow the credentials of their database.
 */
@NullMarked
package io.github.secretsboot.follow.dbcp2;

import org.jspecify.annotations.NullMarked;
