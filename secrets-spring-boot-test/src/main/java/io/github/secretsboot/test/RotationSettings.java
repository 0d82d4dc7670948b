package io.github.secretsboot.test;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How a secret is rotated.
 *
 * @param enabled whether it is
 * @param lambdaArn by which function
 * @param rules when, if that was said
 * @param last when it was last rotated, if it was
 * @param next until when it will be rotated again, if it will
 */
record RotationSettings(boolean enabled, String lambdaArn, @Nullable RotationRules rules, @Nullable Instant last,
		@Nullable Instant next) {

	RotationSettings rotated(Instant now) {
		return new RotationSettings(this.enabled, this.lambdaArn, this.rules, now, next(this.rules, now));
	}

	RotationSettings cancelled() {
		return new RotationSettings(false, this.lambdaArn, this.rules, this.last, null);
	}

	static @Nullable Instant next(@Nullable RotationRules rules, Instant now) {
		return (rules != null) ? rules.next(now) : null;
	}

}
