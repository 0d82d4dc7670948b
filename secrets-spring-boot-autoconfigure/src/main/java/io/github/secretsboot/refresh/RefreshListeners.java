package io.github.secretsboot.refresh;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;

import org.springframework.core.OrderComparator;

/**
 * Tells listeners about a pass; one that throws does not starve the rest.
 */
class RefreshListeners {

	private final List<RefreshListener> listeners = new CopyOnWriteArrayList<>();

	private final Log log;

	RefreshListeners(Log log) {
		this.log = log;
	}

	synchronized void add(RefreshListener listener) {
		this.listeners.add(listener);
		this.listeners.sort(OrderComparator.INSTANCE);
	}

	void remove(RefreshListener listener) {
		this.listeners.remove(listener);
	}

	void tell(PassResult result) {
		if (!result.changes().isEmpty()) {
			tell((listener) -> listener.onChanged(result.changes()));
		}
		if (!result.failures().isEmpty()) {
			tell((listener) -> listener.onFailed(result.failures()));
		}
	}

	private void tell(Consumer<RefreshListener> message) {
		for (RefreshListener listener : this.listeners) {
			try {
				message.accept(listener);
			}
			catch (Exception | LinkageError ex) {
				// The class alone: what a listener throws may quote the new value
				this.log.error("A listener of secret changes failed with " + ex.getClass().getName() + ": "
						+ listener.getClass().getName());
			}
		}
	}

}
