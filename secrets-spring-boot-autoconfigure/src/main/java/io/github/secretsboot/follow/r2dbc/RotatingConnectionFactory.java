package io.github.secretsboot.follow.r2dbc;

import java.time.Duration;
import java.util.Objects;

import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.Followed;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import io.r2dbc.spi.Wrapped;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Opens connections with the credentials in use. While a database refuses them, those who
 * subscribe wait for others, without a thread, and the database is asked no more often
 * than {@link Followed#mayTry()} allows.
 */
final class RotatingConnectionFactory implements ConnectionFactory, Wrapped<ConnectionFactory> {

	private static final Duration PAUSE = Duration.ofMillis(100);

	private final R2dbcFollower follower;

	private final Followed<Credentials> credentials;

	private volatile @Nullable Throwable refusal;

	RotatingConnectionFactory(R2dbcFollower follower, Followed<Credentials> credentials) {
		this.follower = follower;
		this.credentials = credentials;
	}

	@Override
	public Publisher<? extends Connection> create() {
		return Mono.defer(this::open)
			.retryWhen(Retry.from((signals) -> signals.concatMap((signal) -> again(signal.failure()))));
	}

	private Mono<Long> again(Throwable failure) {
		return (isRefused(failure) && this.credentials.isWaitingWorthwhile()) ? Mono.delay(PAUSE) : Mono.error(failure);
	}

	private Mono<Connection> open() {
		if (!this.credentials.mayTry()) {
			return Mono.error(() -> Objects.requireNonNullElseGet(this.refusal,
					() -> new R2dbcPermissionDeniedException("The credentials were refused", "28000")));
		}
		Credentials pair = this.credentials.get();
		return Mono.<Connection>from(this.follower.factory(pair).create())
			.doOnNext((connection) -> this.credentials.accepted())
			.onErrorResume(this::isRefused, (failure) -> refused(pair, failure));
	}

	private boolean isRefused(Throwable failure) {
		return failure instanceof Exception exception && this.follower.isRefused(exception);
	}

	private Mono<Connection> refused(Credentials pair, Throwable failure) {
		this.refusal = failure;
		return this.credentials.refused(pair) ? Mono.defer(this::open) : Mono.error(failure);
	}

	@Override
	public ConnectionFactoryMetadata getMetadata() {
		return unwrap().getMetadata();
	}

	/**
	 * What Spring Boot made, with the credentials in use.
	 */
	@Override
	public ConnectionFactory unwrap() {
		return this.follower.factory(this.credentials.get());
	}

}
