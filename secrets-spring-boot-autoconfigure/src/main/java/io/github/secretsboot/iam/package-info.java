/**
 * The terms of AWS Identity and Access Management: ARNs and statements of a policy.
 */
@NullMarked
package io.github.secretsboot.iam;

import org.jspecify.annotations.NullMarked;
