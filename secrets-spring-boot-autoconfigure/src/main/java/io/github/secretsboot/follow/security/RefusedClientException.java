package io.github.secretsboot.follow.security;

import java.io.IOException;

/**
 * A server did not accept the id and the secret of a client.
 */
class RefusedClientException extends IOException {

	private static final long serialVersionUID = 1L;

	RefusedClientException() {
		super("The server refused the id and the secret of the client");
	}

}
