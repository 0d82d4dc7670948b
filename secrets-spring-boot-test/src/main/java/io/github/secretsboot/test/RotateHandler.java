package io.github.secretsboot.test;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

import io.github.secretsboot.test.Rotator.Run;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rotates a secret. Answers when the rotation is through, where AWS answers before: so
 * nobody has to wait for what cannot be seen. Like AWS, it does not say that a step
 * failed.
 */
final class RotateHandler implements Handler {

	private static final Logger LOGGER = System.getLogger(RotateHandler.class.getName());

	private final Partition partition;

	RotateHandler(Partition partition) {
		this.partition = partition;
	}

	@Override
	public boolean isAtomic() {
		return false;
	}

	@Override
	public ObjectNode answer(Call call) {
		Start start = this.partition.atomically(() -> {
			Access.check(call);
			return start(call);
		});
		run(start.run());
		if (start.again()) {
			throw AwsError.invalidRequest("A previous rotation isn't complete. That rotation will be reattempted.");
		}
		return ResponseBodies.identity(start.run().before()).put("VersionId", start.run().token());
	}

	private void run(Run run) {
		try {
			this.partition.rotator().run(run);
		}
		catch (RotationException ex) {
			Throwable cause = ex.getCause();
			// The cause's message may contain a value
			LOGGER.log(Level.WARNING, ex.getMessage() + ((cause != null) ? ": " + cause.getClass().getName() : ""));
		}
	}

	private Start start(Call call) {
		RequestBody request = call.request();
		String id = request.secretId();
		String token = AwsError.require(request.text("ClientRequestToken", 32, 64), () -> AwsError
			.invalidParameter("You must provide a ClientRequestToken value. We recommend a UUID-type value."));
		SecretStore store = call.store(id);
		StoredSecret secret = store.writable(id);
		RotationSettings settings = settings(call, secret);
		Run unfinished = this.partition.rotator().unfinished(store, secret, settings.lambdaArn());
		return (unfinished != null) ? new Start(unfinished, true) : new Start(
				this.partition.rotator().begin(store, id, token, settings, request.flag("RotateImmediately", true)),
				false);
	}

	private static RotationSettings settings(Call call, StoredSecret secret) {
		@Nullable RotationSettings before = secret.rotation();
		String arn = call.request().text("RotationLambdaARN", 0, 2048);
		if (arn == null) {
			arn = AwsError.require((before != null) ? before.lambdaArn() : null,
					() -> AwsError.invalidRequest("No Lambda rotation function ARN is associated with this secret."));
		}
		RotationRules rules = RotationRules.of(call.request());
		if (rules == null && before != null) {
			rules = before.rules();
		}
		return new RotationSettings(true, arn, rules, (before != null) ? before.last() : null,
				RotationSettings.next(rules, call.home().now()));
	}

	/**
	 * What a call starts.
	 *
	 * @param run the rotation
	 * @param again whether it is one that was begun before
	 */
	private record Start(Run run, boolean again) {

	}

}
