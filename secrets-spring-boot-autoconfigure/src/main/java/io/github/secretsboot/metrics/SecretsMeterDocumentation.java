package io.github.secretsboot.metrics;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

/**
 * The meters of secrets, in addition to the timers that
 * {@link SecretsObservationDocumentation observations} become.
 */
public enum SecretsMeterDocumentation implements MeterDocumentation {

	/** Seconds since a secret was last confirmed to be current. */
	AGE("secrets.age", Meter.Type.GAUGE, "seconds", KeyNames.SECRET),

	/** The age from which on health is out of service. Not there without refresh. */
	MAX_AGE("secrets.max.age", Meter.Type.GAUGE, "seconds"),

	/** 1 for the state that a secret is in, 0 for the others. */
	STATE("secrets.state", Meter.Type.GAUGE, null, KeyNames.SECRET, KeyNames.STATE),

	/** How often another version with other content was put to use. */
	ROTATIONS("secrets.rotations", Meter.Type.COUNTER, null, KeyNames.SECRET),

	/** From the creation of a version until it was put to use. */
	ROTATION_LAG("secrets.rotation.lag", Meter.Type.TIMER, null),

	/** Consumers that keep an old value until the application is started again. */
	OUTDATED_CONSUMERS("secrets.consumers.outdated", Meter.Type.GAUGE, null),

	/** Calls to Secrets Manager, those at start included. */
	CALLS("secrets.cost.calls", Meter.Type.COUNTER, null, KeyNames.OPERATION),

	/** Dollars that 30 days cost at the current rate. */
	MONTHLY_COST("secrets.cost.monthly", Meter.Type.GAUGE, "dollars");

	private final String name;

	private final Meter.Type type;

	private final @Nullable String baseUnit;

	private final KeyName[] keyNames;

	SecretsMeterDocumentation(String name, Meter.Type type, @Nullable String baseUnit, KeyName... keyNames) {
		this.name = name;
		this.type = type;
		this.baseUnit = baseUnit;
		this.keyNames = keyNames;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public Meter.Type getType() {
		return this.type;
	}

	@Override
	public @Nullable String getBaseUnit() {
		return this.baseUnit;
	}

	@Override
	public KeyName[] getKeyNames() {
		return this.keyNames.clone();
	}

	/**
	 * Keys of the meters.
	 */
	public enum KeyNames implements KeyName {

		/** Name of a secret as it is configured, expanded. */
		SECRET {

			@Override
			public String asString() {
				return "secret";
			}

		},

		/** {@code current}, {@code stale}, {@code missing} or {@code rejected}. */
		STATE {

			@Override
			public String asString() {
				return "state";
			}

		},

		/** {@code GetSecretValue} or {@code BatchGetSecretValue}. */
		OPERATION {

			@Override
			public String asString() {
				return "operation";
			}

		}

	}

}
