/**
 * The IAM policy that lets an application read its secrets.
 */
@NullMarked
package io.github.secretsboot.policy;

import org.jspecify.annotations.NullMarked;
