/**
 * Users and clients of Spring Security follow their passwords and secrets.
 */
@NullMarked
package io.github.secretsboot.follow.security;

import org.jspecify.annotations.NullMarked;
