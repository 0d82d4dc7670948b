package io.github.secretsboot;

import java.util.Locale;

/**
 * Why a secret could not be loaded or refreshed. The same reasons appear in exceptions,
 * events, health, the endpoint and metrics.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.aws.amazon.com/secretsmanager/latest/apireference/CommonErrors.html">AWS
 * Secrets Manager: Common Errors</a>
 */
public enum FailureReason {

	/** There is no such secret, version or staging label in the region. */
	NOT_FOUND,

	/** The caller may not read the secret. */
	ACCESS_DENIED,

	/**
	 * The caller cannot use the KMS key of the secret, or the key cannot be used at all.
	 */
	DECRYPTION_FAILED,

	/** The secret is scheduled for deletion and cannot be read until it is restored. */
	MARKED_FOR_DELETION,

	/** There are no credentials, or AWS does not know them. */
	NO_CREDENTIALS,

	/** The credentials are no longer valid. */
	EXPIRED_CREDENTIALS,

	/** No region is configured. */
	NO_REGION,

	/** AWS throttled the calls until {@code secrets.fetch.timeout} was over. */
	THROTTLED,

	/** AWS did not respond within {@code secrets.fetch.timeout}. */
	TIMED_OUT,

	/** The connection to the endpoint failed. */
	UNREACHABLE,

	/** The content of the secret cannot be mapped to properties. */
	MALFORMED,

	/** A validator or a trial login rejected the version, or a bean cannot use it. */
	REJECTED,

	/** AWS responded with an internal error, or the response is not from AWS. */
	SERVICE_ERROR;

	private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

	/**
	 * Return the reason as the endpoint and the metrics write it.
	 * @return the code, such as {@code access-denied}
	 */
	public String code() {
		return this.code;
	}

	/**
	 * Return the reason in words.
	 * @return the words, such as {@code access denied}
	 */
	@Override
	public String toString() {
		return this.code.replace('-', ' ');
	}

}
