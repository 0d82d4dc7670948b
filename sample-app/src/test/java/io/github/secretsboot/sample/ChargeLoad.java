package io.github.secretsboot.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;

/**
 * Customers: charge the sample over HTTP, steadily, while they are turned on. Those that
 * wait for an answer are limited in number, so that a slow application is not buried.
 */
class ChargeLoad implements SmartLifecycle {

	static final int CHARGES_PER_SECOND = 10;

	private static final Duration PERIOD = Duration.ofSeconds(1).dividedBy(CHARGES_PER_SECOND);

	private static final int MAX_WAITING = 5;

	private static final String CHARGE = "{\"amount\":1999,\"currency\":\"eur\"}";

	private final Semaphore waiting = new Semaphore(MAX_WAITING);

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final Environment environment;

	private volatile boolean on = true;

	private ScheduledExecutorService timer;

	ChargeLoad(Environment environment) {
		this.environment = environment;
	}

	boolean isOn() {
		return this.on;
	}

	void turn(boolean on) {
		this.on = on;
	}

	@Override
	public synchronized void start() {
		URI charges = URI
			.create("http://localhost:" + this.environment.getRequiredProperty("local.server.port") + "/charges");
		HttpRequest request = HttpRequest.newBuilder(charges)
			.header("Content-Type", "application/json")
			.timeout(Duration.ofSeconds(10))
			.POST(BodyPublishers.ofString(CHARGE))
			.build();
		this.timer = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "charge-load");
			thread.setDaemon(true);
			return thread;
		});
		long start = System.nanoTime();
		AtomicLong ticks = new AtomicLong();
		this.timer.scheduleAtFixedRate(() -> {
			// What a pause of the JVM has held up is not made up for all at once
			if (System.nanoTime() - start < (ticks.getAndIncrement() + 2) * PERIOD.toNanos()) {
				charge(request);
			}
		}, 0, PERIOD.toNanos(), TimeUnit.NANOSECONDS);
	}

	private void charge(HttpRequest request) {
		if (this.on && this.waiting.tryAcquire()) {
			this.client.sendAsync(request, BodyHandlers.discarding())
				.whenComplete((response, ex) -> this.waiting.release());
		}
	}

	@Override
	public synchronized void stop() {
		if (this.timer != null) {
			this.timer.shutdownNow();
			this.timer = null;
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.timer != null;
	}

}
