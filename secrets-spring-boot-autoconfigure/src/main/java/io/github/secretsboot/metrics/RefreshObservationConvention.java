package io.github.secretsboot.metrics;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * {@link ObservationConvention} for passes. A bean of this type replaces the default.
 */
public interface RefreshObservationConvention extends ObservationConvention<RefreshObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof RefreshObservationContext;
	}

}
