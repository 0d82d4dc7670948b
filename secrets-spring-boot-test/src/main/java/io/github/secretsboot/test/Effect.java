package io.github.secretsboot.test;

import java.time.Duration;

/**
 * What a fault does to a call.
 */
sealed interface Effect {

	/**
	 * Answers with AWS's message for a denied permission.
	 */
	record Deny() implements Effect {

	}

	/**
	 * Answers with an error.
	 *
	 * @param status the HTTP status
	 * @param code AWS's error code
	 * @param message the message
	 */
	record Reply(int status, String code, String message) implements Effect {

	}

	/**
	 * Answers later.
	 *
	 * @param duration how much later
	 */
	record Delay(Duration duration) implements Effect {

	}

	/**
	 * Cuts the value off, so that JSON inside it does not parse.
	 */
	record BreakValue() implements Effect {

	}

	/**
	 * Breaks the connection or the response.
	 */
	enum Break implements Effect {

		HANG, DROP, TRUNCATE, NOT_JSON, CONTENT_TYPE

	}

}
