package io.github.secretsboot.context;

import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Closes what has been replaced, after a while. The thread that it does so on exists only
 * as long as something waits to be closed.
 */
class DelayedCloser implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(DelayedCloser.class);

	private static final Duration IDLE_THREAD_TIMEOUT = Duration.ofSeconds(1);

	private final ScheduledExecutorService executor;

	private final Set<AutoCloseable> waiting = Collections
		.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

	DelayedCloser(ScheduledExecutorService executor) {
		this.executor = executor;
	}

	static DelayedCloser onDaemonThread() {
		ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "secrets-close");
			thread.setDaemon(true);
			return thread;
		});
		executor.setKeepAliveTime(IDLE_THREAD_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
		executor.allowCoreThreadTimeOut(true);
		return new DelayedCloser(executor);
	}

	void closeLater(Object object, Duration delay) {
		if (object instanceof AutoCloseable closeable && this.waiting.add(closeable)) {
			try {
				this.executor.schedule(() -> closeWaiting(closeable), delay.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (RejectedExecutionException ex) {
				closeWaiting(closeable);
			}
		}
	}

	private void closeWaiting(AutoCloseable closeable) {
		if (this.waiting.remove(closeable)) {
			closeNow(closeable);
		}
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
		List.copyOf(this.waiting).forEach(this::closeWaiting);
	}

	void closeNow(Object object) {
		if (object instanceof AutoCloseable closeable) {
			try {
				closeable.close();
			}
			catch (Exception ex) {
				logger.warn("A replaced object could not be closed: " + ex.getClass().getName());
			}
		}
	}

}
