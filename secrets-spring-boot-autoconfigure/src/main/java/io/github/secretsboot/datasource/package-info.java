/**
 * Connection pools that follow the rotation of their credentials.
 */
@NullMarked
package io.github.secretsboot.datasource;

import org.jspecify.annotations.NullMarked;
