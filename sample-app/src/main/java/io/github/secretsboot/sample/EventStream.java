package io.github.secretsboot.sample;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.secretsboot.SecretsRefreshFailedEvent;
import io.github.secretsboot.SecretsRotatedEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Pushes what the page shows to the open pages: every second, and at once when a secret
 * rotated or could not be checked.
 * <p>
 * Each message is whole, so one that is missed takes nothing away: a page that is slow
 * gets fewer, and one that comes back needs no history. One thread makes the messages,
 * and each page has a thread of its own that sends one message at a time. Streams end
 * before the web server stops, which would otherwise wait for them.
 */
@RestController
class EventStream implements SmartLifecycle {

	static final int MAX_PAGES = 16;

	private static final Logger logger = LoggerFactory.getLogger(EventStream.class);

	private static final Duration PERIOD = Duration.ofSeconds(1);

	private static final Duration LONGEST_STREAM = Duration.ofMinutes(10);

	private static final long RECONNECT_MILLIS = 1000;

	private final Set<Page> pages = ConcurrentHashMap.newKeySet();

	private final AtomicInteger open = new AtomicInteger();

	private final PageStates states;

	private final JsonMapper mapper;

	private volatile @Nullable Threads threads;

	EventStream(PageStates states, JsonMapper mapper) {
		this.states = states;
		this.mapper = mapper;
	}

	@GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter events() {
		Threads threads = this.threads;
		if (threads == null) {
			throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "The application starts or stops");
		}
		String message = message();
		if (this.open.incrementAndGet() > MAX_PAGES) {
			this.open.decrementAndGet();
			throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "Too many pages are open");
		}
		Page page = new Page();
		this.pages.add(page);
		page.offer(message, threads.senders());
		if (!isRunning()) {
			page.emitter.complete();
		}
		return page.emitter;
	}

	@EventListener({ SecretsRotatedEvent.class, SecretsRefreshFailedEvent.class })
	void soon() {
		Threads threads = this.threads;
		if (threads != null) {
			threads.timer().execute(this::push);
		}
	}

	private void push() {
		Threads threads = this.threads;
		if (threads == null || this.pages.isEmpty()) {
			return;
		}
		try {
			String message = message();
			this.pages.forEach((page) -> page.offer(message, threads.senders()));
		}
		catch (RuntimeException ex) {
			// Must not end the timer
			logger.warn("The page could not be updated", ex);
		}
	}

	private String message() {
		return this.mapper.writeValueAsString(this.states.now());
	}

	@Override
	public synchronized void start() {
		if (this.threads == null) {
			Threads threads = Threads.start();
			threads.timer()
				.scheduleAtFixedRate(this::push, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
			this.threads = threads;
		}
	}

	@Override
	public synchronized void stop() {
		Threads threads = this.threads;
		this.threads = null;
		this.pages.forEach((page) -> page.emitter.complete());
		if (threads != null) {
			threads.stop();
		}
	}

	@Override
	public boolean isRunning() {
		return this.threads != null;
	}

	/**
	 * A page that is open somewhere.
	 */
	private final class Page {

		private final AtomicBoolean sending = new AtomicBoolean();

		private final AtomicBoolean gone = new AtomicBoolean();

		private final SseEmitter emitter = new SseEmitter(LONGEST_STREAM.toMillis());

		Page() {
			this.emitter.onTimeout(this.emitter::complete);
			this.emitter.onError((ex) -> remove());
			this.emitter.onCompletion(this::remove);
		}

		/**
		 * Send a message, unless the one before it is still on its way.
		 */
		void offer(String message, ExecutorService senders) {
			if (this.sending.compareAndSet(false, true)) {
				try {
					senders.execute(() -> send(message));
				}
				catch (RejectedExecutionException ex) {
					// Stopping
				}
			}
		}

		private void send(String message) {
			try {
				this.emitter.send(SseEmitter.event().reconnectTime(RECONNECT_MILLIS).data(message));
			}
			catch (IOException | IllegalStateException ex) {
				// The page was closed; the container ends the request
				remove();
			}
			finally {
				this.sending.set(false);
			}
		}

		private void remove() {
			if (this.gone.compareAndSet(false, true)) {
				EventStream.this.pages.remove(this);
				EventStream.this.open.decrementAndGet();
			}
		}

	}

	/**
	 * The threads of one run.
	 *
	 * @param timer makes the messages
	 * @param senders send them, at most one for each page
	 */
	private record Threads(ScheduledExecutorService timer, ExecutorService senders) {

		static Threads start() {
			return new Threads(Executors.newSingleThreadScheduledExecutor(named("page-timer")),
					Executors.newCachedThreadPool(named("page-sender")));
		}

		private static ThreadFactory named(String name) {
			return (task) -> {
				Thread thread = new Thread(task, name);
				thread.setDaemon(true);
				return thread;
			};
		}

		void stop() {
			this.timer.shutdownNow();
			this.senders.shutdownNow();
		}

	}

}
