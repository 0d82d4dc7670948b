package io.github.secretsboot.report;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.github.secretsboot.SecretChange;
import io.github.secretsboot.consumers.ConsumerReport;
import io.github.secretsboot.consumers.SecretConsumer;
import io.github.secretsboot.env.SecretsProperties;
import io.github.secretsboot.refresh.PassObserver;
import io.github.secretsboot.refresh.RefreshListener;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.refresh.SecretsState;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.Ordered;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * After a rotation, finds out whom it has left behind, and warns about them once. Waits
 * until clients have replaced what they had before; rotations that happen meanwhile are
 * looked into together. Keeps the former values for that long and no longer.
 * <p>
 * Told of passes on their threads. Searches on a daemon thread of low priority, which
 * there only is while there is something to do, or on the thread of whoever asks.
 */
public final class HolderWatch implements ConsumerReport, PassObserver, RefreshListener, DisposableBean {

	/** A pool may take half a minute to replace a connection that was being opened. */
	static final Duration DELAY = Duration.ofSeconds(45);

	/** Rotations without end must not put off the search forever. */
	private static final int LONGEST_DELAY = 10;

	private static final Log logger = LogFactory.getLog(HolderWatch.class);

	private final SecretsEngine engine;

	private final SecretsProperties.Holders.Search time;

	private final Findings findings;

	private final WayOut wayOut;

	private final ScheduledExecutorService executor;

	private FormerValues pending = FormerValues.NONE;

	private @Nullable Future<?> next;

	private int delays;

	/**
	 * Create a watch without a thread.
	 * @param engine the engine
	 * @param contexts the application contexts to look into
	 * @param properties say when to look
	 */
	public HolderWatch(SecretsEngine engine, WatchedContexts contexts, SecretsProperties properties) {
		this.engine = engine;
		this.time = properties.getHolders().getSearch();
		this.findings = new Findings(engine, contexts);
		this.wayOut = new WayOut(contexts, properties.getFollow());
		this.executor = executor();
		engine.addPassObserver(this);
	}

	private static ScheduledExecutorService executor() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("secrets-holders-");
		threads.setDaemon(true);
		threads.setThreadPriority(Thread.MIN_PRIORITY);
		ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, threads);
		executor.setKeepAliveTime(1, TimeUnit.SECONDS);
		executor.allowCoreThreadTimeOut(true);
		executor.setRemoveOnCancelPolicy(true);
		return executor;
	}

	@Override
	public Pass start() {
		SecretsState before = this.engine.state();
		return (outcome) -> replaced(FormerValues.between(before, this.engine.state()));
	}

	private synchronized void replaced(FormerValues former) {
		this.pending = this.pending
			.and((this.time == SecretsProperties.Holders.Search.AFTER_ROTATION) ? former : former.withoutValues());
	}

	/**
	 * Told last, when beans have been updated and the application's listeners called.
	 */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void onChanged(List<SecretChange> changes) {
		if (this.time == SecretsProperties.Holders.Search.AFTER_ROTATION) {
			searchLater();
		}
		else {
			warn(take());
		}
	}

	private synchronized void searchLater() {
		boolean isLater = this.next == null || (this.delays < LONGEST_DELAY && this.next.cancel(false));
		if (isLater && !this.pending.isEmpty()) {
			this.delays++;
			try {
				this.next = this.executor.schedule(this::searchFormer, DELAY.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (RejectedExecutionException ex) {
				// The application is being closed
				this.pending = FormerValues.NONE;
			}
		}
	}

	private synchronized FormerValues take() {
		FormerValues taken = this.pending;
		this.pending = FormerValues.NONE;
		this.next = null;
		this.delays = 0;
		return taken;
	}

	void searchFormer() {
		try {
			FormerValues former = take();
			this.findings.searchFormer(former);
			warn(former);
		}
		catch (RuntimeException | LinkageError ex) {
			// The class alone: a message may quote anything
			logger.error("The search for holders of old values failed with " + ex.getClass().getName());
		}
	}

	private void warn(FormerValues former) {
		String warning = new OutdatedWarning(former, this.wayOut).of(outdated());
		if (!warning.isEmpty()) {
			logger.warn(warning);
		}
	}

	@Override
	public List<SecretConsumer> list() {
		return this.findings.list();
	}

	@Override
	public List<SecretConsumer> outdated() {
		return this.findings.outdated();
	}

	@Override
	public void search() {
		if (this.time != SecretsProperties.Holders.Search.NEVER) {
			this.findings.searchCurrentOnce();
		}
	}

	@Override
	public @Nullable Search lastSearch() {
		return this.findings.lastSearch();
	}

	@Override
	public void destroy() {
		this.engine.removePassObserver(this);
		this.executor.shutdownNow();
		take();
	}

}
