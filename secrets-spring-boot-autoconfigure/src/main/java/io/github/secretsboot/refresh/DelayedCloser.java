package io.github.secretsboot.refresh;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Closes what has been replaced, after a while. The thread that it does so on exists only
 * as long as something waits to be closed.
 */
class DelayedCloser {

	private static final Log logger = LogFactory.getLog(DelayedCloser.class);

	private static final Duration IDLE_THREAD_TIMEOUT = Duration.ofSeconds(1);

	private final ScheduledExecutorService executor;

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
		if (object instanceof AutoCloseable) {
			this.executor.schedule(() -> closeNow(object), delay.toMillis(), TimeUnit.MILLISECONDS);
		}
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
