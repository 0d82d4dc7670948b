package io.github.secretsboot.metrics;

import io.github.secretsboot.metrics.SecretsObservationDocumentation.RefreshKeyNames;
import io.micrometer.common.KeyValues;

/**
 * Default {@link RefreshObservationConvention}.
 */
public class DefaultRefreshObservationConvention implements RefreshObservationConvention {

	@Override
	public String getName() {
		return SecretsObservationDocumentation.REFRESH.getName();
	}

	@Override
	public String getContextualName(RefreshObservationContext context) {
		return "secrets refresh";
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(RefreshObservationContext context) {
		return KeyValues.of(RefreshKeyNames.OUTCOME.withValue(context.getOutcome()));
	}

}
