package io.github.secretsboot.holders;

import java.util.Set;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests in which shapes a value is found, at which place, and in which it is not.
 */
class HolderShapesTests {

	@ParameterizedTest
	@MethodSource({ "io.github.secretsboot.holders.ObjectShapes#shapes",
			"io.github.secretsboot.holders.JdkShapes#references", "io.github.secretsboot.holders.JdkShapes#collections",
			"io.github.secretsboot.holders.JdkShapes#maps", "io.github.secretsboot.holders.TextShapes#shapes" })
	void whenBeanHoldsValueThenItsPlaceIsFound(Shape shape) {
		HolderReport report = shape.search();
		assertThat(report.holders()).contains(new Holder("bean", shape.member(), Set.of(Shape.PROPERTY), shape.form()));
		assertThat(report.complete()).isTrue();
		assertThat(report.toString()).doesNotContain(Shape.VALUE);
	}

	@ParameterizedTest
	@MethodSource("io.github.secretsboot.holders.JdkShapes#closed")
	void whenObjectIsClosedThenItIsCounted(Shape shape) {
		HolderReport report = shape.search();
		assertThat(report.holders()).isEmpty();
		assertThat(report.unopened()).containsEntry(shape.member().split("/")[0], 1);
	}

}
