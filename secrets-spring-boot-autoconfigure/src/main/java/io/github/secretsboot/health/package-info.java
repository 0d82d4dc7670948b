/**
 * Says in Boot's health whether the secrets in use are current.
 */
@NullMarked
package io.github.secretsboot.health;

import org.jspecify.annotations.NullMarked;
