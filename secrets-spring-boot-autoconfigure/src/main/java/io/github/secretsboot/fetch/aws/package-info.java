/**
 * The AWS SDK side of fetching: the only package beside auto-configuration that knows it.
 */
@NullMarked
package io.github.secretsboot.fetch.aws;

import org.jspecify.annotations.NullMarked;
