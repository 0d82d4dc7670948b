package io.github.secretsboot.context;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.secretsboot.RefreshResult;
import io.github.secretsboot.Rotating;
import io.github.secretsboot.SecretChange;
import io.github.secretsboot.SecretSnapshot;
import io.github.secretsboot.Secrets;
import io.github.secretsboot.fetch.PlainText;
import io.github.secretsboot.properties.MappedSnapshot;
import io.github.secretsboot.redact.SilencedException;
import io.github.secretsboot.refresh.RefreshListener;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.refresh.SourceState;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.Ordered;

/**
 * {@link Secrets} of an engine. When it is closed, whatever still waits to be closed is
 * closed at once.
 */
public class DefaultSecrets implements Secrets, AutoCloseable {

	private static final Log logger = LogFactory.getLog(Secrets.class);

	private final SecretsEngine engine;

	private final DelayedCloser closer;

	/**
	 * Create the secrets of an engine.
	 * @param engine the engine
	 */
	public DefaultSecrets(SecretsEngine engine) {
		this(engine, DelayedCloser.onDaemonThread());
	}

	DefaultSecrets(SecretsEngine engine, DelayedCloser closer) {
		this.engine = engine;
		this.closer = closer;
	}

	@Override
	public SecretSnapshot get(String secretName) {
		SecretSnapshot snapshot = this.engine.state().snapshot(secretName);
		return (snapshot != null) ? snapshot : missing(secretName);
	}

	private SecretSnapshot missing(String secretName) {
		states(secretName);
		throw new IllegalStateException("Secret '" + secretName + "' is optional and missing");
	}

	@Override
	public Optional<SecretSnapshot> find(String secretName) {
		states(secretName);
		return Optional.ofNullable(this.engine.state().snapshot(secretName));
	}

	private List<SourceState> states(String secretName) {
		List<SourceState> states = this.engine.state()
			.sources()
			.stream()
			.filter((state) -> state.source().isNamed(secretName))
			.toList();
		if (states.isEmpty()) {
			throw new IllegalArgumentException(
					"Secret '" + PlainText.of(secretName) + "' is not listed in secrets.sources");
		}
		return states;
	}

	@Override
	public RefreshResult refresh() {
		return this.engine.refresh();
	}

	@Override
	public RefreshResult refresh(String secretName) {
		return this.engine.refresh(secretName);
	}

	@Override
	public boolean reportAuthenticationFailure(String secretName) {
		states(secretName);
		return this.engine.reportAuthenticationFailure(secretName);
	}

	@Override
	public boolean reportAuthenticationFailure(SecretSnapshot refused) {
		if (isInUse(refused)) {
			reportAuthenticationFailure(refused.secretName());
		}
		return !isInUse(refused);
	}

	private boolean isInUse(SecretSnapshot snapshot) {
		return get(snapshot.secretName()) instanceof MappedSnapshot inUse && snapshot instanceof MappedSnapshot other
				&& inUse.hasSameContent(other);
	}

	@Override
	public Subscription onRotation(String secretName, Consumer<SecretSnapshot> listener) {
		List<String> names = states(secretName).stream().map((state) -> state.source().name()).toList();
		RefreshListener forwarder = new RefreshListener() {

			@Override
			public void onChanged(List<SecretChange> changes) {
				if (changes.stream().anyMatch((change) -> names.contains(change.secretName()))) {
					listener.accept(get(secretName));
				}
			}

			@Override
			public int getOrder() {
				return Ordered.LOWEST_PRECEDENCE;
			}

		};
		this.engine.addListener(forwarder);
		return () -> this.engine.removeListener(forwarder);
	}

	@Override
	public <T> Rotating<T> rotating(String secretName, Duration gracePeriod, Function<SecretSnapshot, T> factory) {
		return new RotatingObject<>(secretName, gracePeriod, factory);
	}

	@Override
	public void close() {
		this.closer.close();
	}

	/**
	 * One object that follows one secret. Replaced by one refresh at a time, always with
	 * the version that is in use then.
	 */
	private final class RotatingObject<T> implements Rotating<T> {

		private final String secretName;

		private final Duration gracePeriod;

		private final Function<SecretSnapshot, T> factory;

		private final Subscription subscription;

		private volatile T object;

		private boolean closed;

		RotatingObject(String secretName, Duration gracePeriod, Function<SecretSnapshot, T> factory) {
			this.secretName = secretName;
			this.gracePeriod = gracePeriod;
			this.factory = factory;
			synchronized (this) {
				// Subscribed first, so that no rotation is missed in between
				this.subscription = onRotation(secretName, (snapshot) -> replace());
				try {
					this.object = buildFirst(DefaultSecrets.this.get(secretName));
				}
				catch (RuntimeException | Error ex) {
					this.subscription.close();
					this.closed = true;
					throw ex;
				}
			}
		}

		private T buildFirst(SecretSnapshot snapshot) {
			try {
				return build(snapshot);
			}
			catch (RuntimeException ex) {
				throw new IllegalStateException("An object could not be built from " + snapshot,
						new SilencedException(ex));
			}
		}

		private T build(SecretSnapshot snapshot) {
			return Objects.requireNonNull(this.factory.apply(snapshot), "The factory returned null");
		}

		private synchronized void replace() {
			if (this.closed) {
				return;
			}
			SecretSnapshot snapshot = DefaultSecrets.this.get(this.secretName);
			try {
				T former = this.object;
				this.object = build(snapshot);
				if (former != this.object) {
					DefaultSecrets.this.closer.closeLater(former, this.gracePeriod);
				}
			}
			catch (Exception | LinkageError ex) {
				// The class alone: its message may quote the new value
				logger.error("An object could not be rebuilt from " + snapshot + ", so the former one stays in use: "
						+ ex.getClass().getName());
			}
		}

		@Override
		public T get() {
			return this.object;
		}

		@Override
		public synchronized void close() {
			if (!this.closed) {
				this.closed = true;
				this.subscription.close();
				DefaultSecrets.this.closer.closeNow(this.object);
			}
		}

	}

}
