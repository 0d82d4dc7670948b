package io.github.secretsboot.metrics;

import io.micrometer.common.KeyValue;
import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The {@link KeyValue key values} and {@link Observation observations} of secrets. Where
 * there are metrics, each observation becomes a timer of the same name and tags.
 */
public enum SecretsObservationDocumentation implements ObservationDocumentation {

	/**
	 * One pass over the secrets that are due, or that somebody asked for. Loading them
	 * for the first time is none: that happens before there is anybody to observe it.
	 */
	REFRESH("secrets.refresh", DefaultRefreshObservationConvention.class, RefreshKeyNames.values()),

	/**
	 * One call to Secrets Manager, the SDK's retries included. Child of the pass that it
	 * belongs to.
	 */
	FETCH("secrets.fetch", DefaultFetchObservationConvention.class, FetchKeyNames.values());

	private final String name;

	private final Class<? extends ObservationConvention<? extends Observation.Context>> defaultConvention;

	private final KeyName[] keyNames;

	SecretsObservationDocumentation(String name,
			Class<? extends ObservationConvention<? extends Observation.Context>> defaultConvention,
			KeyName[] keyNames) {
		this.name = name;
		this.defaultConvention = defaultConvention;
		this.keyNames = keyNames;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
		return this.defaultConvention;
	}

	@Override
	public KeyName[] getLowCardinalityKeyNames() {
		return this.keyNames.clone();
	}

	/**
	 * Keys of {@link #REFRESH}.
	 */
	public enum RefreshKeyNames implements KeyName {

		/** {@code success}, {@code partial} or {@code failure}. */
		OUTCOME {

			@Override
			public String asString() {
				return "outcome";
			}

		}

	}

	/**
	 * Keys of {@link #FETCH}.
	 */
	public enum FetchKeyNames implements KeyName {

		/** {@code GetSecretValue} or {@code BatchGetSecretValue}. */
		OPERATION {

			@Override
			public String asString() {
				return "operation";
			}

		},

		/**
		 * {@code success}, or the code of the {@link io.github.secretsboot.FailureReason}
		 * why the call failed as a whole.
		 */
		OUTCOME {

			@Override
			public String asString() {
				return "outcome";
			}

		}

	}

}
