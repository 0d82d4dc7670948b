package io.github.secretsboot;

import java.util.Locale;

/**
 * Why a secret could not be loaded or refreshed. The same reasons appear in exceptions,
 * events, health, the endpoint and metrics.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/secretsmanager/latest/apireference/CommonErrors.html">AWS
 * Secrets Manager: Common Errors</a>
 */
public enum FailureReason {

	/** There is no such secret, version or staging label in the region. */
	NOT_FOUND,

	/** The caller may not read the secret. */
	ACCESS_DENIED,

	/** The KMS key of the secret cannot be used by the caller, or at all. */
	DECRYPTION_FAILED,

	/** The secret is scheduled for deletion and cannot be read until it is restored. */
	MARKED_FOR_DELETION,

	/** There are no credentials, or AWS does not know those that there are. */
	NO_CREDENTIALS,

	/** The credentials were valid once. */
	EXPIRED_CREDENTIALS,

	/** No region is configured. */
	NO_REGION,

	/** AWS asked to slow down, and kept asking until the time was up. */
	THROTTLED,

	/** No answer came within {@code secrets.fetch.timeout}. */
	TIMED_OUT,

	/** No connection to the endpoint could be made or kept. */
	UNREACHABLE,

	/** The content of the secret cannot be mapped to properties. */
	MALFORMED,

	/** A validator of the application refused the version, or a bean cannot use it. */
	REJECTED,

	/** AWS answered with an error of its own, or with something else than an answer. */
	SERVICE_ERROR;

	private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

	/**
	 * The reason as it is written in the endpoint, in metrics and in messages.
	 * @return the code, such as {@code access-denied}
	 */
	public String code() {
		return this.code;
	}

	/**
	 * The reason in words.
	 * @return the words, such as {@code access denied}
	 */
	@Override
	public String toString() {
		return this.code.replace('-', ' ');
	}

}
