package io.github.secretsboot.expression;

import java.lang.ref.WeakReference;

import org.jspecify.annotations.Nullable;

/**
 * Remembers what the current thread has last made of a secret with an expression, so that
 * its conversion, which comes next, can be told from any other. Keeps nothing alive.
 */
public final class DerivedValues {

	private final ThreadLocal<@Nullable WeakReference<Object>> last = new ThreadLocal<>();

	void add(@Nullable Object value) {
		if (value != null) {
			this.last.set(new WeakReference<>(value));
		}
	}

	/**
	 * Whether a value is what the current thread has last made.
	 * @param value the value
	 * @return {@code true} if it is
	 */
	public boolean contains(@Nullable Object value) {
		WeakReference<Object> reference = this.last.get();
		return value != null && reference != null && reference.refersTo(value);
	}

}
