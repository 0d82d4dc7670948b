package io.github.secretsboot.expression;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Code that no value of a secret may run.
 */
public final class Canary {

	/** An expression that runs it. */
	static final String EXPRESSION = "#{T(io.github.secretsboot.expression.Canary).hit()}";

	/** What is within an expression that runs it. */
	static final String CALL = "T(io.github.secretsboot.expression.Canary).hit()";

	private static final AtomicInteger hits = new AtomicInteger();

	private Canary() {
	}

	/**
	 * Count a call.
	 * @return something that can be used as text
	 */
	public static String hit() {
		hits.incrementAndGet();
		return "hit";
	}

	static int takeHits() {
		return hits.getAndSet(0);
	}

}
