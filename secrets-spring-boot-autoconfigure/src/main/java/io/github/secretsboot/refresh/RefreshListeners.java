package io.github.secretsboot.refresh;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.secretsboot.RefreshResult;
import org.apache.commons.logging.Log;

import org.springframework.core.OrderComparator;

/**
 * Tells listeners what passes did. Each listener is told of one pass at a time, in the
 * order in which the passes published their changes, and after the listeners before it.
 * <p>
 * Nothing is locked meanwhile. What a listener cannot be told yet, because it is still
 * busy with an earlier pass, it is told later by the thread that is busy with it. So a
 * listener that takes its time holds up those after it, but neither those before it nor
 * the next pass. One that throws does not starve the rest.
 */
class RefreshListeners {

	private final List<Recipient> recipients = new CopyOnWriteArrayList<>();

	private final ThreadLocal<Boolean> telling = ThreadLocal.withInitial(() -> false);

	private final Log log;

	RefreshListeners(Log log) {
		this.log = log;
	}

	synchronized void add(RefreshListener listener) {
		this.recipients.add(new Recipient(listener));
		this.recipients.sort((one, other) -> OrderComparator.INSTANCE.compare(one.listener, other.listener));
	}

	void remove(RefreshListener listener) {
		this.recipients.removeIf((recipient) -> recipient.listener == listener);
	}

	/**
	 * Queue the result of a pass for all listeners. Called by one pass at a time, in the
	 * order in which they publish.
	 */
	Telling queue(RefreshResult result) {
		CompletableFuture<Void> start = new CompletableFuture<>();
		CompletableFuture<Void> end = start;
		if (!result.changes().isEmpty() || !result.failures().isEmpty()) {
			for (Recipient recipient : this.recipients) {
				end = recipient.queue(result, end);
			}
		}
		return new Telling(result, start, end);
	}

	/**
	 * Tell the listeners, and wait until all have been told, or for as long as that is
	 * worth it. A listener that has asked for the pass does not wait for itself.
	 */
	void tell(Telling telling, Duration longestWait) {
		telling.start.complete(null);
		if (!this.telling.get() && !telling.isOver(longestWait)) {
			this.log.warn("A listener of secret changes is still busy after " + longestWait
					+ ". The listeners after it are called when it returns.");
		}
	}

	/**
	 * The result of a pass on its way to the listeners.
	 *
	 * @param result what the pass did
	 * @param start completed to begin
	 * @param end completed when all have been told
	 */
	record Telling(RefreshResult result, CompletableFuture<Void> start, CompletableFuture<Void> end) {

		private boolean isOver(Duration longestWait) {
			try {
				this.end.get(longestWait.toMillis(), TimeUnit.MILLISECONDS);
				return true;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return true;
			}
			catch (ExecutionException ex) {
				return true;
			}
			catch (TimeoutException ex) {
				return false;
			}
		}

	}

	/**
	 * A listener and the last result that is queued for it.
	 */
	private final class Recipient {

		private final RefreshListener listener;

		private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

		Recipient(RefreshListener listener) {
			this.listener = listener;
		}

		CompletableFuture<Void> queue(RefreshResult result, CompletableFuture<Void> before) {
			this.last = this.last.thenCombine(before, (ownTurn, turnOfThePass) -> {
				tell(result);
				return null;
			});
			return this.last;
		}

		private void tell(RefreshResult result) {
			boolean nested = RefreshListeners.this.telling.get();
			RefreshListeners.this.telling.set(true);
			try {
				if (!result.changes().isEmpty()) {
					guarded(() -> this.listener.onChanged(result.changes()));
				}
				if (!result.failures().isEmpty()) {
					guarded(() -> this.listener.onFailed(result.failures()));
				}
			}
			finally {
				RefreshListeners.this.telling.set(nested);
			}
		}

		private void guarded(Runnable message) {
			try {
				message.run();
			}
			catch (Throwable ex) {
				// Whatever it is: the next listeners wait. The class alone, since its
				// message may quote the new value
				RefreshListeners.this.log.error("A listener of secret changes failed with " + ex.getClass().getName()
						+ ": " + this.listener.getClass().getName());
			}
		}

	}

}
