/**
 * Connections to RabbitMQ follow its credentials, and listeners survive a rotation.
 */
@NullMarked
package io.github.secretsboot.follow.rabbit;

import org.jspecify.annotations.NullMarked;
