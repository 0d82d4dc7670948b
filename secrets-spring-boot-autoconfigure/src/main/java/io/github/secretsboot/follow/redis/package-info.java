/**
 * Connections to Redis follow its credentials, with Lettuce or Jedis.
 */
@NullMarked
package io.github.secretsboot.follow.redis;

import org.jspecify.annotations.NullMarked;
