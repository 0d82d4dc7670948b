/**
 * A client that is nobody's but the application's own, and how it follows.
 */
package io.github.secretsboot.docs.example;
