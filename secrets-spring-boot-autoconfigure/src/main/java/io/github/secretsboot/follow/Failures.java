package io.github.secretsboot.follow;

import org.jspecify.annotations.Nullable;

/**
 * Looks into failures.
 */
public final class Failures {

	private static final int DEPTH = 20;

	private Failures() {
	}

	/**
	 * Find a cause of a failure.
	 * @param <T> the type of the cause
	 * @param failure the failure, or {@code null} for none
	 * @param type the type of the cause
	 * @return the failure itself or its outermost cause of that type, or {@code null}
	 */
	public static <T extends Throwable> @Nullable T find(@Nullable Throwable failure, Class<T> type) {
		Throwable cause = failure;
		for (int i = 0; i < DEPTH && cause != null; i++) {
			if (type.isInstance(cause)) {
				return type.cast(cause);
			}
			cause = cause.getCause();
		}
		return null;
	}

	/**
	 * Whether a failure has a cause of a certain type, or is one.
	 * @param failure the failure
	 * @param type the type
	 * @return {@code true} if it has
	 */
	public static boolean hasCause(@Nullable Throwable failure, Class<? extends Throwable> type) {
		return find(failure, type) != null;
	}

}
