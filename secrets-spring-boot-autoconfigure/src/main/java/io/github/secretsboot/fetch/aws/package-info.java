/**
 * Fetching with the AWS SDK: where, as whom, and what goes wrong.
 */
@NullMarked
package io.github.secretsboot.fetch.aws;

import org.jspecify.annotations.NullMarked;
