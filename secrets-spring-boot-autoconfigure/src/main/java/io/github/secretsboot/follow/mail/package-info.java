/**
 * Mail senders follow the credentials of their server.
 */
@NullMarked
package io.github.secretsboot.follow.mail;

import org.jspecify.annotations.NullMarked;
