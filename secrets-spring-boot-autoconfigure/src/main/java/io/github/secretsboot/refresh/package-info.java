/**
 * The engine: loads secrets, keeps them current and publishes each change in one step.
 */
@NullMarked
package io.github.secretsboot.refresh;

import org.jspecify.annotations.NullMarked;
