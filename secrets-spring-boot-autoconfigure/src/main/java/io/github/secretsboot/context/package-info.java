/**
 * What an application context adds to the engine: the {@code Secrets} bean, the schedule,
 * events and listeners that are beans.
 */
@NullMarked
package io.github.secretsboot.context;

import org.jspecify.annotations.NullMarked;
