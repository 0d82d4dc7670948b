package io.github.secretsboot.fetch;

import io.github.secretsboot.FailureReason;

/**
 * Why one request brought no value.
 *
 * @param reason what kind of failure it is
 * @param detail what AWS or the connection said, in one line and without any content
 * @param outage whether the region is to blame, so that a replica in another one may have
 * the value; what AWS answers about a request, such as a denial, is not an outage
 */
public record FetchFailure(FailureReason reason, String detail, boolean outage) {

	/**
	 * Create a failure with its detail in one line of plain text.
	 */
	public FetchFailure {
		detail = PlainText.of(detail);
	}

	/**
	 * Create a failure that is an outage if its reason says so.
	 * @param reason what kind of failure it is
	 * @param detail what AWS or the connection said
	 */
	public FetchFailure(FailureReason reason, String detail) {
		this(reason, detail, switch (reason) {
			case UNREACHABLE, TIMED_OUT, THROTTLED -> true;
			default -> false;
		});
	}

}
