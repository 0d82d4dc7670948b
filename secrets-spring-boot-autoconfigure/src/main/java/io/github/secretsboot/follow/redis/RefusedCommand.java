package io.github.secretsboot.follow.redis;

import org.jspecify.annotations.Nullable;

/**
 * Recognizes that Redis refused a user name and password, with whichever client: the
 * server's own words are in the message.
 *
 * @see <a href="https://redis.io/docs/latest/commands/auth/">Redis: AUTH</a>
 */
final class RefusedCommand {

	private static final int DEPTH = 20;

	private RefusedCommand() {
	}

	static boolean is(@Nullable Throwable failure) {
		Throwable cause = failure;
		for (int i = 0; i < DEPTH && cause != null; i++) {
			String message = cause.getMessage();
			if (message != null && (message.startsWith("WRONGPASS") || message.startsWith("ERR invalid password"))) {
				return true;
			}
			cause = cause.getCause();
		}
		return false;
	}

}
