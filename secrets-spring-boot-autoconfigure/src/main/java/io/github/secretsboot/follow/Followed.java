package io.github.secretsboot.follow;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import io.github.secretsboot.SecretSnapshot;
import io.github.secretsboot.consumers.SecretConsumer;
import io.github.secretsboot.consumers.SecretConsumer.Mode;
import io.github.secretsboot.follow.PropertyReader.Reading;
import io.github.secretsboot.properties.Property;
import io.github.secretsboot.properties.PropertyIndex;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A client that follows its secrets, as the client itself sees it: what to connect with,
 * and how to wait for a rotation when a server refuses that. Safe for use by many
 * threads.
 *
 * @param <T> what the client needs
 */
public final class Followed<T> implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(Followed.class);

	private static final Duration PAUSE = Duration.ofMillis(100);

	private final String name;

	private final Follower<T> follower;

	private final PropertyReader properties;

	private final RotationWindow<T> window;

	private final Consumer<Followed<T>> onClose;

	private volatile Reading<T> reading;

	private @Nullable T applied;

	Followed(String name, Follower<T> follower, PropertyReader properties, WindowFactory windows,
			Consumer<Followed<T>> onClose) {
		this.name = name;
		this.follower = follower;
		this.properties = properties;
		this.onClose = onClose;
		this.reading = properties.read(follower);
		Assert.state(this.reading.value() != null, () -> "The properties of '" + name + "' are not complete");
		this.window = windows.create(this);
	}

	/**
	 * What is in use. Neither blocks nor calls anybody.
	 * @return what the follower {@linkplain Follower#read reads}, all of it of one state
	 * of the secrets
	 */
	public T get() {
		return Objects.requireNonNull(reading().value());
	}

	private Reading<T> reading() {
		Reading<T> last = this.reading;
		if (last.index() != this.properties.index()) {
			last = readAfter(last);
			this.reading = last;
		}
		return last;
	}

	private Reading<T> readAfter(Reading<T> last) {
		try {
			Reading<T> next = this.properties.read(this.follower);
			if (next.value() != null) {
				return next;
			}
		}
		catch (RuntimeException ex) {
			logger.debug("'" + this.name + "' cannot read its properties: " + ex.getClass().getName());
		}
		return new Reading<>(this.properties.index(), last.value(), last.propertyNames());
	}

	/**
	 * Try something that the server may refuse, for at most the length of the rotation
	 * window.
	 * @param <R> what comes of it
	 * @param <E> how it fails
	 * @param attempt what to try
	 * @return the result
	 * @throws E what the last try threw
	 * @see #attempt(Attempt, Duration, Patience)
	 */
	public <R, E extends Exception> R attempt(Attempt<T, R, E> attempt) throws E {
		return attempt(attempt, this.window.length(), () -> true);
	}

	/**
	 * Try something that the server may refuse. If it does, other values are waited for,
	 * the secrets are checked meanwhile, and the attempt is made again. The server sees
	 * the same values once, then at most every 15, 30 and 60 seconds, however many
	 * threads ask: one of them tries, and the others wait for it.
	 * @param <R> what comes of it
	 * @param <E> how it fails
	 * @param attempt what to try; whether it was refused is for
	 * {@link Follower#isRefused} to say
	 * @param longest for how long to wait at most, if the rotation window is longer
	 * @param patience asked now and then whether to wait on
	 * @return the result
	 * @throws E what the last try threw
	 */
	public <R, E extends Exception> R attempt(Attempt<T, R, E> attempt, Duration longest, Patience patience) throws E {
		return this.window.attempt(attempt, longest, () -> {
			LockSupport.parkNanos(PAUSE.toNanos());
			return !Thread.currentThread().isInterrupted() && patience.isLasting();
		});
	}

	/**
	 * Tell that a server refused certain values, for clients that connect again by
	 * themselves. The secrets are checked soon, on another thread. Does not block.
	 * @param refused what the server was shown
	 * @return whether others are in use by now
	 */
	public boolean refused(T refused) {
		boolean others = !get().equals(refused);
		if (!others) {
			this.window.refused(refused);
		}
		return others;
	}

	/**
	 * Tell that a server accepted what is in use.
	 */
	public void accepted() {
		this.window.accepted();
	}

	/**
	 * Whether a server may be shown what is in use, which it may not if it has just
	 * refused that: for clients that connect again by themselves, and too often. Asks for
	 * a check of the secrets if not. Does not block.
	 * @return {@code true} if it may be tried
	 */
	public boolean mayTry() {
		return this.window.mayTry(get());
	}

	/**
	 * Whether to try again after a refusal, for clients that wait without a thread. Does
	 * not block.
	 * @return {@code false} if what is in use has been refused for the length of the
	 * rotation window
	 */
	public boolean isWaitingWorthwhile() {
		return !this.window.isOver();
	}

	/**
	 * Wait until a server {@linkplain #mayTry() may be shown} what is in use.
	 * @param longest for how long to wait at most
	 * @return {@code false} if that was too short, or if the thread was interrupted
	 */
	public boolean awaitTry(Duration longest) {
		long end = System.nanoTime() + longest.toNanos();
		while (!mayTry()) {
			if (System.nanoTime() >= end || Thread.currentThread().isInterrupted()) {
				return false;
			}
			LockSupport.parkNanos(PAUSE.toNanos());
		}
		return true;
	}

	/**
	 * The properties of secrets that have a part in what is in use.
	 */
	Set<String> propertyNames() {
		return this.reading.propertyNames();
	}

	/**
	 * The secrets that have these properties.
	 */
	Set<String> secretNames() {
		PropertyIndex index = this.properties.index();
		Set<String> names = new LinkedHashSet<>();
		for (String propertyName : propertyNames()) {
			Property property = index.find(propertyName);
			if (property != null) {
				names.add(property.snapshot().secretName());
			}
		}
		return names;
	}

	String name() {
		return this.name;
	}

	Follower<T> follower() {
		return this.follower;
	}

	/**
	 * Give the client what is in use, if it has something else.
	 */
	synchronized void follow() {
		T current = get();
		if (current.equals(this.applied)) {
			return;
		}
		try {
			this.follower.apply(current);
			if (this.applied != null) {
				logger.info("'" + this.name + "' uses the new values of " + secretNames());
			}
			this.applied = current;
			this.window.superseded();
		}
		catch (RuntimeException | LinkageError ex) {
			// The class alone: a message may quote anything
			logger.error("'" + this.name + "' keeps its old values, the new ones of " + secretNames()
					+ " cannot be applied: " + ex.getClass().getName());
		}
	}

	/**
	 * What this would be given with a candidate.
	 * @return the value, or {@code null} if the candidate has no part in it or changes
	 * nothing
	 */
	@Nullable T changedBy(SecretSnapshot candidate) {
		if (!secretNames().contains(candidate.secretName())) {
			return null;
		}
		T changed = this.properties.readWith(candidate, this.follower);
		return get().equals(changed) ? null : changed;
	}

	SecretConsumer asConsumer() {
		return new SecretConsumer(this.name, this.follower.member(), propertyNames(), Mode.LIVE,
				this.follower.connections());
	}

	/**
	 * Follow no longer.
	 */
	@Override
	public void close() {
		this.onClose.accept(this);
	}

	/**
	 * Says whether it is worth waiting on.
	 */
	@FunctionalInterface
	public interface Patience {

		/**
		 * Whether to wait on.
		 * @return {@code false} to give up
		 */
		boolean isLasting();

	}

	/**
	 * Makes the window of a client.
	 */
	@FunctionalInterface
	interface WindowFactory {

		<T> RotationWindow<T> create(Followed<T> followed);

	}

}
