/**
 * Clients of Kafka follow its credentials, and listeners survive a rotation.
 */
@NullMarked
package io.github.secretsboot.follow.kafka;

import org.jspecify.annotations.NullMarked;
