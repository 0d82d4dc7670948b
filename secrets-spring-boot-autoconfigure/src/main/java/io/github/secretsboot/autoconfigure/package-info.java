/**
 * Auto-configuration: puts the parts together for an application context.
 */
@NullMarked
package io.github.secretsboot.autoconfigure;

import org.jspecify.annotations.NullMarked;
