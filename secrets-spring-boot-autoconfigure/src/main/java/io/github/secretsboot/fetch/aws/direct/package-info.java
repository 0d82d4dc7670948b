/**
 * Reads secrets without the SDK's client, whose 2,000 classes cost an application more
 * time than its secrets do, where nothing asks for that client. Nobody needs this
 * package: without it everything works, only later.
 */
@NullMarked
package io.github.secretsboot.fetch.aws.direct;

import org.jspecify.annotations.NullMarked;
