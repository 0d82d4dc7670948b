package io.github.secretsboot.benchmarks.driver;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/**
 * What is made of several measurements of the same thing.
 */
final class Samples {

	private Samples() {
	}

	static <T> double median(Collection<T> samples, ToDoubleFunction<T> value) {
		double[] sorted = samples.stream().mapToDouble(value).sorted().toArray();
		int middle = sorted.length / 2;
		return (sorted.length % 2 != 0) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

}
