package io.github.secretsboot.follow.rabbit;

import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.Followed;
import org.jspecify.annotations.Nullable;

import org.springframework.amqp.rabbit.support.RabbitExceptionTranslator;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.core.retry.Retryable;

/**
 * Has a template wait for other credentials when the broker refuses those in use. Nothing
 * has been sent by then. Nothing else is tried again.
 */
class RotationRetries extends RetryTemplate {

	private final Followed<Credentials> followed;

	RotationRetries(Followed<Credentials> followed) {
		this.followed = followed;
	}

	@Override
	public <R extends @Nullable Object> R execute(Retryable<R> retryable) {
		return this.followed.attempt((credentials) -> executeOnce(retryable));
	}

	private static <R extends @Nullable Object> R executeOnce(Retryable<R> retryable) {
		try {
			return retryable.execute();
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw RabbitExceptionTranslator.convertRabbitAccessException(ex);
		}
	}

}
