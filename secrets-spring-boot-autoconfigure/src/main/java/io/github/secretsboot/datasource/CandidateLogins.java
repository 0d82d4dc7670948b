package io.github.secretsboot.datasource;

import java.sql.SQLException;
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
 * Tries new credentials with a real login to the database of each pool that would use
 * them. Refuses those that the database refuses; a database that cannot be reached, or
 * that has another reason not to let anybody in, says nothing about them.
 * <p>
 * A rotation by AWS sets the password in the database before it moves {@code AWSCURRENT},
 * so that a version which is current and does not work is a mistake. Where somebody does
 * it the other way around, the old credentials stay in use until they are refused; the
 * version is then looked at again.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html">AWS
 * Secrets Manager: the steps of a rotation</a>
 */
class CandidateLogins implements SecretValidator {

	private static final Log logger = LogFactory.getLog(CandidateLogins.class);

	private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(5);

	private final FollowedPools pools;

	CandidateLogins(FollowedPools pools) {
		this.pools = pools;
	}

	@Override
	public void validate(SecretSnapshot candidate) {
		for (FollowedPool pool : this.pools.pools()) {
			DatabaseCredentials credentials = pool.source().with(candidate);
			Login login = pool.login();
			if (login != null && !credentials.equals(pool.source().current()) && isRefused(login, credentials)) {
				logger.warn("The database of pool '" + pool.beanName() + "' refuses the credentials of " + candidate
						+ ", which are not used");
				throw new IllegalStateException("The credentials were refused");
			}
		}
	}

	/**
	 * On a thread of its own, since few drivers can be trusted to give up in time. That
	 * thread closes what it opened, whenever that is.
	 */
	private boolean isRefused(Login login, DatabaseCredentials credentials) {
		FutureTask<Boolean> task = new FutureTask<>(() -> {
			login.with(credentials).close();
			return true;
		});
		Thread thread = new Thread(task, "secrets-datasource-login");
		thread.setDaemon(true);
		thread.start();
		try {
			task.get(LOGIN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
			return false;
		}
		catch (ExecutionException ex) {
			return ex.getCause() instanceof SQLException failure && RefusedLogin.is(failure);
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
