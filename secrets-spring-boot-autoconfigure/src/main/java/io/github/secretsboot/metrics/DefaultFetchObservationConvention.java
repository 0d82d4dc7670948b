package io.github.secretsboot.metrics;

import io.github.secretsboot.metrics.SecretsObservationDocumentation.FetchKeyNames;
import io.micrometer.common.KeyValues;

/**
 * Default {@link FetchObservationConvention}.
 */
public class DefaultFetchObservationConvention implements FetchObservationConvention {

	@Override
	public String getName() {
		return SecretsObservationDocumentation.FETCH.getName();
	}

	@Override
	public String getContextualName(FetchObservationContext context) {
		return "secretsmanager " + context.getOperation().awsName();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(FetchObservationContext context) {
		return KeyValues.of(FetchKeyNames.OPERATION.withValue(context.getOperation().awsName()),
				FetchKeyNames.OUTCOME.withValue(context.getOutcome()));
	}

}
