package io.github.secretsboot.context;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.secretsboot.SecretFailure;
import io.github.secretsboot.refresh.RefreshListener;
import io.github.secretsboot.refresh.SecretsEngine;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Checks the sources of an engine when their time has come, on a thread of its own. Stops
 * with the application context. Started again, which is what happens after a checkpoint
 * has been restored, it checks all sources at once: they may have been rotated any number
 * of times meanwhile.
 *
 * @see <a href=
 * "https://docs.spring.io/spring-framework/reference/integration/checkpoint-restore.html">Spring
 * Framework: JVM Checkpoint Restore</a>
 */
public class RefreshScheduler implements SmartLifecycle, RefreshListener {

	private static final Log logger = LogFactory.getLog(RefreshScheduler.class);

	/** What has failed in a way that nobody foresaw may do so again at once. */
	private static final Duration DELAY_AFTER_UNEXPECTED_FAILURE = Duration.ofSeconds(30);

	private final SecretsEngine engine;

	private final Supplier<ScheduledExecutorService> executors;

	private @Nullable ScheduledExecutorService executor;

	private @Nullable Future<?> next;

	private boolean startedBefore;

	/**
	 * Create a scheduler.
	 * @param engine the engine
	 * @param executors makes the single-threaded executor of one run; it is shut down at
	 * the end of the run
	 */
	public RefreshScheduler(SecretsEngine engine, Supplier<ScheduledExecutorService> executors) {
		this.engine = engine;
		this.executors = executors;
	}

	@Override
	public synchronized void start() {
		if (this.executor != null) {
			return;
		}
		ScheduledExecutorService started = this.executors.get();
		this.executor = started;
		if (this.startedBefore) {
			started.execute(() -> run(started, this.engine::checkAll));
		}
		else {
			scheduleNext(started, Duration.ZERO);
		}
		this.startedBefore = true;
	}

	@Override
	public synchronized void stop() {
		if (this.executor != null) {
			this.executor.shutdownNow();
			this.executor = null;
			this.next = null;
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.executor != null;
	}

	/**
	 * A check that somebody asked for has failed, and is tried again sooner than planned.
	 */
	@Override
	public synchronized void onFailed(List<SecretFailure> failures) {
		if (this.executor != null) {
			scheduleNext(this.executor, Duration.ZERO);
		}
	}

	private synchronized void scheduleNext(ScheduledExecutorService executor, Duration shortestDelay) {
		if (executor != this.executor) {
			return;
		}
		if (this.next != null) {
			this.next.cancel(false);
		}
		Instant next = this.engine.nextCheckAt();
		if (next != null) {
			long delay = Math.max(shortestDelay.toMillis(),
					Duration.between(this.engine.clock().instant(), next).toMillis());
			this.next = executor.schedule(() -> run(executor, this.engine::refreshDue), delay, TimeUnit.MILLISECONDS);
		}
	}

	private void run(ScheduledExecutorService executor, Runnable pass) {
		Duration shortestDelay = DELAY_AFTER_UNEXPECTED_FAILURE;
		try {
			pass.run();
			shortestDelay = Duration.ZERO;
		}
		catch (RuntimeException | LinkageError ex) {
			// Must not end the checks; the class alone, since the message may quote
			// anything
			logger.error("A check of secrets failed unexpectedly with " + ex.getClass().getName());
		}
		finally {
			scheduleNext(executor, shortestDelay);
		}
	}

}
