package io.github.secretsboot.test;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers an operation.
 */
@FunctionalInterface
interface Handler {

	/**
	 * Answer a call.
	 * @param call the call
	 * @return the answer, or {@code null} for an operation that answers nothing
	 */
	@Nullable ObjectNode answer(Call call);

	/**
	 * Whether the answer is one atomic step. Otherwise the handler checks the access and
	 * takes the steps itself.
	 * @return whether it is
	 */
	default boolean isAtomic() {
		return true;
	}

}
