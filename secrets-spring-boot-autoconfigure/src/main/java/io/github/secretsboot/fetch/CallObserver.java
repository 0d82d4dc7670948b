package io.github.secretsboot.fetch;

import io.github.secretsboot.FailureReason;
import org.jspecify.annotations.Nullable;

/**
 * Is told of each call to Secrets Manager, when it begins and when it ends, on the thread
 * of the call. Called by many threads at once and must not throw.
 */
@FunctionalInterface
public interface CallObserver {

	/**
	 * A call begins.
	 * @param operation what is called
	 * @return is told of the end
	 */
	Call start(CallOperation operation);

	/**
	 * A call that has begun.
	 */
	@FunctionalInterface
	interface Call {

		/**
		 * The call ends.
		 * @param failure why it failed as a whole, or {@code null} if AWS answered it
		 */
		void end(@Nullable FailureReason failure);

	}

}
