/**
 * The {@link io.github.secretsboot.test.SecretsManagerServer} in tests of Spring
 * applications.
 */
@NullMarked
package io.github.secretsboot.test.spring;

import org.jspecify.annotations.NullMarked;
