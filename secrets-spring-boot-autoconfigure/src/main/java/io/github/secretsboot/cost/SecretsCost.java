package io.github.secretsboot.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Objects;

import io.github.secretsboot.refresh.RefreshSchedule;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.refresh.SourceState;

/**
 * What Secrets Manager is going to charge for this application at the current rate.
 * <p>
 * The rate is the one that is planned, not one that was measured, so that it is right
 * from the first second: <pre>
 * passes = 30 days / secrets.refresh.interval, or 0 without refresh
 * calls  = passes * calls of one scheduled pass
 * cost   = calls / 10,000 * price of 10,000 calls + secrets * price of a secret
 * </pre> A scheduled pass asks for every secret but those pinned to a version id, up to
 * 20 with one call where batches are allowed. A secret counts once however many sources
 * read it, and not while it is missing. Left out are what start, rotations, retries and
 * checks on demand add, replicas, taxes, and that several applications may share the
 * price of one secret.
 *
 * @see <a href="https://aws.amazon.com/secrets-manager/pricing/">AWS Secrets Manager
 * pricing</a>
 */
public class SecretsCost {

	private static final Duration MONTH = Duration.ofDays(30);

	private static final BigDecimal CALLS_IN_PRICE = BigDecimal.valueOf(10_000);

	private static final int DECIMAL_PLACES = 4;

	private final SecretsEngine engine;

	private final BigDecimal pricePerTenThousandCalls;

	private final BigDecimal pricePerSecret;

	/**
	 * Create a cost calculation.
	 * @param engine the engine whose secrets are paid for
	 * @param pricePerTenThousandCalls the price of 10,000 calls, in dollars
	 * @param pricePerSecret the price of a secret a month, in dollars
	 */
	public SecretsCost(SecretsEngine engine, BigDecimal pricePerTenThousandCalls, BigDecimal pricePerSecret) {
		this.engine = engine;
		this.pricePerTenThousandCalls = pricePerTenThousandCalls;
		this.pricePerSecret = pricePerSecret;
	}

	/**
	 * The calls of 30 days at the current rate.
	 * @return the number of calls
	 */
	public BigDecimal monthlyCalls() {
		RefreshSchedule schedule = this.engine.schedule();
		if (!schedule.enabled()) {
			return BigDecimal.ZERO;
		}
		return BigDecimal.valueOf(MONTH.toMillis())
			.multiply(BigDecimal.valueOf(this.engine.plannedCalls()))
			.divide(BigDecimal.valueOf(Math.max(1, schedule.interval().toMillis())), DECIMAL_PLACES,
					RoundingMode.HALF_UP);
	}

	/**
	 * The cost of 30 days at the current rate.
	 * @return the cost in dollars
	 */
	public BigDecimal monthlyCost() {
		BigDecimal calls = monthlyCalls().divide(CALLS_IN_PRICE).multiply(this.pricePerTenThousandCalls);
		BigDecimal secrets = this.pricePerSecret.multiply(BigDecimal.valueOf(secrets()));
		return calls.add(secrets).setScale(DECIMAL_PLACES, RoundingMode.HALF_UP);
	}

	private long secrets() {
		return this.engine.state()
			.sources()
			.stream()
			.map(SourceState::snapshot)
			.filter(Objects::nonNull)
			.map((snapshot) -> snapshot.version().arn())
			.distinct()
			.count();
	}

}
