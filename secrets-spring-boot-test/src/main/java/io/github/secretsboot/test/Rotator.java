package io.github.secretsboot.test;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Rotates secrets, as AWS does: reserves the new version, then calls the function step by
 * step. Beginning is one atomic step; while the function works, nothing is locked.
 */
final class Rotator {

	private final Partition partition;

	/** The ids of the versions that functions are at work on. */
	private final Set<String> running = ConcurrentHashMap.newKeySet();

	Rotator(Partition partition) {
		this.partition = partition;
	}

	/**
	 * A rotation that has begun.
	 *
	 * @param store where the secret is
	 * @param secretArn the secret
	 * @param before what the secret was before
	 * @param token the id of the new version
	 * @param function does the steps
	 * @param steps the steps
	 */
	record Run(SecretStore store, String secretArn, StoredSecret before, String token, RotationFunction function,
			List<RotationStep> steps) {

	}

	/**
	 * Begin to rotate a secret. Has to be part of an atomic step.
	 * @param settings how it is rotated from now on
	 * @param immediately whether now, too; otherwise the function is only tested
	 */
	Run begin(SecretStore store, String id, String token, RotationSettings settings, boolean immediately) {
		StoredSecret before = store.writable(id);
		RotationFunction function = this.partition.rotationFunctions().get(settings.lambdaArn());
		SecretVersions versions = immediately ? before.versions().reserve(token, store.now())
				: before.versions().copyCurrent(token, store.now());
		StoredSecret secret = store.save(before.with(versions, store.now()).with(settings));
		this.running.add(token);
		return new Run(store, secret.arn(), before, token, function,
				immediately ? List.of(RotationStep.values()) : List.of(RotationStep.TEST_SECRET));
	}

	/**
	 * Return the rotation that did not get through, if there is one, for another try. Has
	 * to be part of an atomic step.
	 * @throws AwsError if it is still under way
	 */
	@Nullable Run unfinished(SecretStore store, StoredSecret secret, String lambdaArn) {
		SecretVersion pending = secret.versions().findByStage(SecretVersions.PENDING);
		if (pending == null || pending.stages().contains(SecretVersions.CURRENT)) {
			return null;
		}
		RotationFunction function = this.partition.rotationFunctions().get(lambdaArn);
		if (!this.running.add(pending.id())) {
			throw AwsError.rotationIncomplete();
		}
		return new Run(store, secret.arn(), secret, pending.id(), function, List.of(RotationStep.values()));
	}

	/**
	 * Take the steps.
	 * @throws RotationException if one fails, which leaves the new version pending
	 */
	void run(Run run) {
		try {
			for (RotationStep step : run.steps()) {
				take(step, run);
			}
			this.partition.atomically(() -> conclude(run));
		}
		finally {
			this.running.remove(run.token());
		}
	}

	private void take(RotationStep step, Run run) {
		try {
			run.function().rotate(new RotationEvent(this.partition, run.store(), run.secretArn(), run.token(), step));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new RotationException(run.before().name(), step, ex);
		}
		catch (AwsError ex) {
			if (ex.isSameAs(AwsError.cannotInvoke()) && step == run.steps().get(0)) {
				this.partition.atomically(() -> takeBack(run));
				throw ex;
			}
			throw new RotationException(run.before().name(), step, ex);
		}
		catch (Exception ex) {
			throw new RotationException(run.before().name(), step, ex);
		}
	}

	/**
	 * There is no such function, so there was no rotation.
	 */
	private static @Nullable StoredSecret takeBack(Run run) {
		StoredSecret before = run.before();
		StoredSecret secret = run.store().find(run.secretArn());
		if (secret == null || before.versions().find(run.token()) != null) {
			return null;
		}
		return run.store()
			.save(secret.with(secret.versions().remove(run.token()), before.dates().changed()).with(before.rotation()));
	}

	private static @Nullable StoredSecret conclude(Run run) {
		StoredSecret secret = run.store().find(run.secretArn());
		RotationSettings settings = (secret != null) ? secret.rotation() : null;
		if (secret == null || settings == null) {
			return null;
		}
		if (run.steps().size() == 1) {
			return run.store().save(secret.with(secret.versions().remove(run.token()), run.store().now()));
		}
		SecretVersion rotated = secret.versions().find(run.token());
		return (rotated != null && rotated.stages().contains(SecretVersions.CURRENT))
				? run.store().save(secret.with(settings.rotated(run.store().now()))) : null;
	}

}
