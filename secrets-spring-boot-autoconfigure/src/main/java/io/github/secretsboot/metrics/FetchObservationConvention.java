package io.github.secretsboot.metrics;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * {@link ObservationConvention} for calls to Secrets Manager. A bean of this type
 * replaces the default.
 */
public interface FetchObservationConvention extends ObservationConvention<FetchObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof FetchObservationContext;
	}

}
