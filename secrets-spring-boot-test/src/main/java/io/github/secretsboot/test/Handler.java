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

}
