package io.github.secretsboot.env;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.secretsboot.env.SecretsPropertySource.Observation;
import io.github.secretsboot.env.SecretsPropertySource.View;
import io.github.secretsboot.properties.Property;
import org.jspecify.annotations.Nullable;

/**
 * What threads ask the secrets for, for those who want to know it or to answer it
 * themselves. As long as there is nobody, a question costs one look at a number.
 */
final class Questions {

	private final ThreadLocal<Consumer<String>> observers = new ThreadLocal<>();

	private final ThreadLocal<Function<String, @Nullable Object>> answers = new ThreadLocal<>();

	private final ThreadLocal<View> views = new ThreadLocal<>();

	private final AtomicInteger listeners = new AtomicInteger();

	private volatile @Nullable Set<Property> found;

	/**
	 * Whether anybody listens, to whichever thread.
	 */
	boolean areHeard() {
		return this.listeners.get() > 0;
	}

	/**
	 * Tell the observer of the current thread, and remember what was found.
	 */
	void tell(String name, @Nullable Property property) {
		Consumer<String> observer = this.observers.get();
		if (observer != null) {
			observer.accept(name);
		}
		Set<Property> found = this.found;
		if (found != null && property != null) {
			found.add(property);
		}
	}

	/**
	 * Have an observer told, too, from now on.
	 */
	Observation observe(Consumer<String> observer) {
		Consumer<String> outer = this.observers.get();
		return begin(this.observers, outer, (outer != null) ? outer.andThen(observer) : observer);
	}

	/**
	 * Who answers the current thread, or {@code null} if the secrets do.
	 */
	@Nullable Function<String, @Nullable Object> answers() {
		return areHeard() ? this.answers.get() : null;
	}

	/**
	 * Have somebody else answer the current thread.
	 */
	<T extends @Nullable Object> T answer(Function<String, @Nullable Object> answers, Supplier<T> action) {
		try (Observation answering = begin(this.answers, this.answers.get(), answers)) {
			return action.get();
		}
	}

	/**
	 * What the current thread sees, or {@code null} if it sees what is in use.
	 */
	@Nullable View view() {
		return areHeard() ? this.views.get() : null;
	}

	/**
	 * Have the current thread see something else.
	 */
	<T extends @Nullable Object> T seeing(View view, Supplier<T> action) {
		try (Observation seeing = begin(this.views, this.views.get(), view)) {
			return action.get();
		}
	}

	private <T> Observation begin(ThreadLocal<T> place, @Nullable T outer, T inner) {
		place.set(inner);
		this.listeners.incrementAndGet();
		return () -> {
			this.listeners.decrementAndGet();
			if (outer != null) {
				place.set(outer);
			}
			else {
				place.remove();
			}
		};
	}

	/**
	 * Begin to remember what is found.
	 */
	void remember() {
		this.found = ConcurrentHashMap.newKeySet();
		this.listeners.incrementAndGet();
	}

	/**
	 * What has been found since {@link #remember()}, or {@code null} if that is over.
	 */
	@Nullable Set<Property> found() {
		return this.found;
	}

	synchronized void forget() {
		if (this.found != null) {
			this.found = null;
			this.listeners.decrementAndGet();
		}
	}

}
