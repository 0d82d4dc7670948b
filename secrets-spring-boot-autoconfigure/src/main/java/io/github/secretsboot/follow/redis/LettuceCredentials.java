package io.github.secretsboot.follow.redis;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;

import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.Followed;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.event.Event;
import io.lettuce.core.event.connection.ConnectionActivatedEvent;
import io.lettuce.core.event.connection.ReconnectFailedEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Tells Lettuce the credentials in use: whenever it connects, and all connections that it
 * has when they change. Credentials that the server has just refused are not told again
 * at once; the connection waits for others.
 */
class LettuceCredentials implements RedisCredentialsProvider {

	/** Less than Lettuce waits for a connection to be initialized. */
	private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

	/**
	 * Says that something changed and not what: Reactor's buffer keeps the last but one.
	 */
	private final Sinks.Many<Boolean> changes = Sinks.many().replay().latest();

	private volatile @Nullable Credentials latest;

	private volatile @Nullable Followed<Credentials> followed;

	/**
	 * What a connection that is being opened was told, which may be replaced meanwhile.
	 */
	private volatile @Nullable Credentials told;

	void setFollowed(Followed<Credentials> followed) {
		this.followed = followed;
	}

	private Followed<Credentials> followed() {
		return Objects.requireNonNull(this.followed);
	}

	/**
	 * Have all connections use credentials from now on. Called by one thread at a time.
	 */
	void change(Credentials credentials) {
		this.latest = credentials;
		this.changes.emitNext(true, Sinks.EmitFailureHandler.FAIL_FAST);
	}

	/**
	 * Take note of what became of a connection.
	 */
	void on(Event event) {
		Followed<Credentials> followed = this.followed;
		if (followed != null) {
			if (event instanceof ReconnectFailedEvent failed && RefusedCommand.is(failed.getCause())) {
				Credentials told = this.told;
				if (told != null) {
					followed.refused(told);
				}
			}
			else if (event instanceof ConnectionActivatedEvent) {
				this.told = null;
				followed.accepted();
			}
		}
	}

	@Override
	public Mono<RedisCredentials> resolveCredentials() {
		return Mono.defer(() -> {
			Credentials current = followed().get();
			if (followed().mayTry()) {
				this.told = current;
				return mono(current);
			}
			RedisCredentials refused = of(current);
			return credentials().filter((credentials) -> !isSame(credentials, refused)).next().timeout(LONGEST_WAIT);
		});
	}

	private static boolean isSame(RedisCredentials one, RedisCredentials other) {
		return Objects.equals(one.getUsername(), other.getUsername())
				&& Arrays.equals(one.getPassword(), other.getPassword());
	}

	@Override
	public boolean supportsStreaming() {
		return true;
	}

	@Override
	public Flux<RedisCredentials> credentials() {
		return this.changes.asFlux().map((changed) -> of(Objects.requireNonNull(this.latest)));
	}

	static Mono<RedisCredentials> mono(Credentials credentials) {
		return Mono.just(of(credentials));
	}

	private static RedisCredentials of(Credentials credentials) {
		return RedisCredentials.just(credentials.username(), credentials.password());
	}

}
