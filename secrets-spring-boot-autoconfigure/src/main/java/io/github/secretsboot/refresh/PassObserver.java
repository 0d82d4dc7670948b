package io.github.secretsboot.refresh;

import java.util.Locale;

/**
 * Is told of each pass, when it begins and when it ends, on the thread of the pass.
 * Passes of one engine never overlap, and the calls to Secrets Manager that happen
 * between begin and end belong to the pass. Must not throw.
 */
@FunctionalInterface
public interface PassObserver {

	/**
	 * A pass begins.
	 * @return is told of the end
	 */
	Pass start();

	/**
	 * A pass that has begun.
	 */
	@FunctionalInterface
	interface Pass {

		/**
		 * The pass ends. New values can be seen, but nobody has been told of them yet.
		 * @param outcome how it went
		 */
		void end(Outcome outcome);

	}

	/**
	 * How a pass went.
	 */
	enum Outcome {

		/** No secret failed. */
		SUCCESS,

		/** Some secrets failed and others did not. */
		PARTIAL,

		/** All secrets failed, or the pass itself did. */
		FAILURE;

		/**
		 * The outcome as it is written in metrics.
		 * @return the code, such as {@code partial}
		 */
		public String code() {
			return name().toLowerCase(Locale.ROOT);
		}

		static Outcome of(long checked, long failed) {
			if (failed == 0) {
				return SUCCESS;
			}
			return (failed < checked) ? PARTIAL : FAILURE;
		}

	}

}
