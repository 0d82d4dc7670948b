package io.github.secretsboot.follow.rabbit;

import java.util.Set;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import io.github.secretsboot.follow.Failures;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes that a broker refused a user name and password, as opposed to having gone
 * away while somebody logged in.
 */
final class RefusedConnection {

	/** RabbitMQ says the first, other brokers the second. */
	private static final Set<Integer> CODES = Set.of(AMQP.ACCESS_REFUSED, AMQP.NOT_ALLOWED);

	private RefusedConnection() {
	}

	static boolean is(@Nullable Throwable failure) {
		if (Failures.find(failure, AuthenticationFailureException.class) != null) {
			return true;
		}
		PossibleAuthenticationFailureException possibly = Failures.find(failure,
				PossibleAuthenticationFailureException.class);
		ShutdownSignalException shutdown = Failures.find(possibly, ShutdownSignalException.class);
		return shutdown != null && shutdown.getReason() instanceof AMQP.Connection.Close close
				&& CODES.contains(close.getReplyCode());
	}

}
