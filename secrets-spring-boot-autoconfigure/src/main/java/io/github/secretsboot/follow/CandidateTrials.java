package io.github.secretsboot.follow;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.secretsboot.SecretSnapshot;
import io.github.secretsboot.SecretValidator;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Tries new values with each client that would use them. Refuses those that a server
 * refuses; a server that cannot be reached, or that has another reason not to let anybody
 * in, says nothing about them.
 * <p>
 * A rotation by AWS sets the password on the server before it moves {@code AWSCURRENT},
 * so that a version which is current and does not work is a mistake. Where somebody does
 * it the other way around, the old credentials stay in use until they are refused; the
 * version is then looked at again.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html">AWS
 * Secrets Manager: the steps of a rotation</a>
 */
class CandidateTrials implements SecretValidator {

	private static final Log logger = LogFactory.getLog(CandidateTrials.class);

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final DefaultFollowers followers;

	CandidateTrials(DefaultFollowers followers) {
		this.followers = followers;
	}

	@Override
	public void validate(SecretSnapshot candidate) {
		this.followers.all().forEach((followed) -> validate(followed, candidate));
	}

	private <T> void validate(Followed<T> followed, SecretSnapshot candidate) {
		T changed = followed.changedBy(candidate);
		if (changed != null && isRefused(followed.follower(), changed)) {
			logger.warn("The values of " + candidate + " were tried for '" + followed.name()
					+ "' and refused. They are not used.");
			throw new IllegalStateException("The values were refused");
		}
	}

	/**
	 * On a thread of its own, since few clients can be trusted to give up in time. That
	 * thread closes what it opened, whenever that is.
	 */
	private <T> boolean isRefused(Follower<T> follower, T candidate) {
		FutureTask<Boolean> task = new FutureTask<>(() -> {
			follower.tryOut(candidate);
			return true;
		});
		Thread thread = new Thread(task, "secrets-follow-trial");
		thread.setDaemon(true);
		thread.start();
		try {
			task.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
			return false;
		}
		catch (ExecutionException ex) {
			return ex.getCause() instanceof Exception failure && follower.isRefused(failure);
		}
		catch (TimeoutException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
