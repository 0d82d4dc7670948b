package io.github.secretsboot.follow;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Does what must not be done by the threads of a client, on one daemon thread that there
 * only is while there is something to do.
 */
public class BackgroundTasks implements DisposableBean {

	private static final Log logger = LogFactory.getLog(BackgroundTasks.class);

	private final Consumer<String> check;

	private final Set<String> requested = ConcurrentHashMap.newKeySet();

	private final ScheduledThreadPoolExecutor executor;

	/**
	 * Create an instance without a thread.
	 * @param check checks a secret, unless that has just been done
	 */
	BackgroundTasks(Consumer<String> check) {
		this.check = check;
		CustomizableThreadFactory threads = new CustomizableThreadFactory("secrets-follow-");
		threads.setDaemon(true);
		this.executor = new ScheduledThreadPoolExecutor(1, threads);
		this.executor.setKeepAliveTime(10, TimeUnit.SECONDS);
		this.executor.allowCoreThreadTimeOut(true);
		this.executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	/**
	 * Have secrets checked soon. One that is waiting to be checked is not checked twice.
	 */
	void requestCheck(Set<String> secretNames) {
		for (String name : secretNames) {
			if (this.requested.add(name)) {
				runLater(() -> check(name), Duration.ZERO);
			}
		}
	}

	private void check(String name) {
		try {
			this.check.accept(name);
		}
		finally {
			this.requested.remove(name);
		}
	}

	/**
	 * Run a task after a while, or never if the application is closed before.
	 * @param task the task; what it throws is logged without its message
	 * @param delay how long to wait
	 */
	public void runLater(Runnable task, Duration delay) {
		try {
			this.executor.schedule(() -> guard(task), delay.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			// The application is being closed
		}
	}

	private void guard(Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException | LinkageError ex) {
			// The class alone: a message may quote anything
			logger.error("A task of a client failed with " + ex.getClass().getName());
		}
	}

	@Override
	public void destroy() {
		this.executor.shutdownNow();
	}

}
