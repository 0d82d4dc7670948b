package io.github.secretsboot.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.secretsboot.sample.StripeKeys.Key;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Stripe that runs inside the JVM, on the loopback interface. It creates payment
 * intents for whoever brings the current key or one that was replaced less than a grace
 * period ago, and counts for each key what became of its requests. Thread-safe.
 */
final class StripeStandIn implements AutoCloseable {

	/**
	 * What requests with a key that was never issued are counted under.
	 */
	static final String UNKNOWN_VERSION = "unknown";

	private static final String BEARER = "Bearer ";

	private final JsonMapper mapper = JsonMapper.shared();

	private final Map<String, Integer> accepted = new ConcurrentHashMap<>();

	private final Map<String, Integer> refused = new ConcurrentHashMap<>();

	/** The keys that were seen, by value. */
	private final Map<String, Issued> issued = new HashMap<>();

	private final AtomicInteger intents = new AtomicInteger();

	private final StripeKeys keys;

	private final Duration grace;

	private final Clock clock;

	private final HttpServer server;

	private final ExecutorService executor;

	private StripeStandIn(HttpServer server, StripeKeys keys, Duration grace, Clock clock) {
		this.server = server;
		this.keys = keys;
		this.grace = grace;
		this.clock = clock;
		this.executor = Executors.newCachedThreadPool((task) -> daemon(task, "stripe-stand-in"));
	}

	/**
	 * Start a stand-in on any free port.
	 * @param keys the keys that it knows
	 * @param grace how long the previous key stays valid
	 * @param clock tells the time
	 * @return the stand-in, which is ready
	 */
	static StripeStandIn start(StripeKeys keys, Duration grace, Clock clock) {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			StripeStandIn standIn = new StripeStandIn(server, keys, grace, clock);
			server.createContext("/", standIn::handle);
			server.setExecutor(standIn.executor);
			// The server's own thread is a daemon if the thread that starts it is one
			Thread starter = daemon(server::start, "stripe-stand-in-start");
			starter.start();
			starter.join();
			return standIn;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while starting", ex);
		}
	}

	private static Thread daemon(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Return where the stand-in listens.
	 * @return a URI without a path
	 */
	URI uri() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	/**
	 * Count the requests that were accepted with a key.
	 * @param version the key's version
	 * @return how many
	 */
	int accepted(String version) {
		return this.accepted.getOrDefault(version, 0);
	}

	/**
	 * Count the requests that were refused because of their key.
	 * @param version the key's version, or {@link #UNKNOWN_VERSION}
	 * @return how many
	 */
	int refused(String version) {
		return this.refused.getOrDefault(version, 0);
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			byte[] body = exchange.getRequestBody().readAllBytes();
			Answer answer;
			try {
				answer = answer(exchange, new String(body, StandardCharsets.UTF_8));
			}
			catch (RuntimeException ex) {
				// Whatever it says could quote the request
				answer = Answer.error(500,
						Map.of("type", "api_error", "message", "The stand-in failed: " + ex.getClass().getName()));
			}
			byte[] json = this.mapper.writeValueAsBytes(answer.body());
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(answer.status(), json.length);
			exchange.getResponseBody().write(json);
		}
	}

	private Answer answer(HttpExchange exchange, String body) {
		Optional<Answer> refusal = refusal(exchange.getRequestHeaders().getFirst("Authorization"));
		if (refusal.isPresent()) {
			return refusal.get();
		}
		if (!exchange.getRequestMethod().equals("POST")
				|| !exchange.getRequestURI().getPath().equals("/v1/payment_intents")) {
			return Answer.invalidRequest(404, "Unrecognized request URL");
		}
		return paymentIntent(form(body));
	}

	private Optional<Answer> refusal(String authorization) {
		if (authorization == null || !authorization.startsWith(BEARER)) {
			return Optional.of(Answer.invalidRequest(401, "You did not provide an API key."));
		}
		String value = authorization.substring(BEARER.length());
		Issued key = find(value);
		if (key == null) {
			count(this.refused, UNKNOWN_VERSION);
			return Optional.of(Answer.invalidRequest(401, "Invalid API Key provided: " + excerpt(value)));
		}
		if (this.clock.instant().isBefore(key.validUntil())) {
			count(this.accepted, key.version());
			return Optional.empty();
		}
		count(this.refused, key.version());
		return Optional
			.of(Answer.invalidRequest(401, "api_key_expired", "Expired API Key provided: " + excerpt(value)));
	}

	private synchronized Issued find(String value) {
		this.keys.current().ifPresent(this::note);
		return this.issued.get(value);
	}

	/**
	 * Each key that is replaced has a grace period of its own, however soon the next one
	 * follows.
	 */
	private void note(Key current) {
		Instant end = current.created().plus(this.grace);
		this.issued.replaceAll((value, key) -> key.validUntil().equals(Instant.MAX) ? key.until(end) : key);
		this.keys.previous()
			.ifPresent((previous) -> this.issued.putIfAbsent(previous.value(), new Issued(previous.version(), end)));
		this.issued.put(current.value(), new Issued(current.version(), Instant.MAX));
	}

	/**
	 * Stripe quotes the end of a key that it refuses.
	 */
	private static String excerpt(String key) {
		return "*".repeat(8) + key.substring(Math.max(0, key.length() - 4));
	}

	private static void count(Map<String, Integer> counts, String version) {
		counts.merge(version, 1, Integer::sum);
	}

	private Answer paymentIntent(Map<String, String> form) {
		String amount = form.get("amount");
		String currency = form.get("currency");
		if (amount == null || currency == null) {
			return Answer.invalidRequest(400, "parameter_missing", "Missing required param.");
		}
		boolean confirmed = Boolean.parseBoolean(form.get("confirm"));
		return new Answer(200,
				Map.of("id", "pi_stand_in_%04d".formatted(this.intents.incrementAndGet()), "object", "payment_intent",
						"amount", Long.valueOf(amount), "currency", currency, "created",
						this.clock.instant().getEpochSecond(), "livemode", false, "status",
						confirmed ? "succeeded" : "requires_confirmation"));
	}

	private static Map<String, String> form(String body) {
		return Stream.of(body.split("&"))
			.map((pair) -> pair.split("=", 2))
			.filter((pair) -> pair.length == 2)
			.collect(Collectors.toMap((pair) -> decode(pair[0]), (pair) -> decode(pair[1]), (first, last) -> last));
	}

	private static String decode(String text) {
		return URLDecoder.decode(text, StandardCharsets.UTF_8);
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.executor.shutdownNow();
	}

	/**
	 * A key that was issued.
	 *
	 * @param version identifies it without giving it away
	 * @param validUntil when it ends
	 */
	private record Issued(String version, Instant validUntil) {

		Issued until(Instant end) {
			return new Issued(this.version, end);
		}

	}

	/**
	 * An answer.
	 *
	 * @param status the HTTP status
	 * @param body what becomes JSON
	 */
	private record Answer(int status, Map<String, ?> body) {

		static Answer error(int status, Map<String, String> error) {
			return new Answer(status, Map.of("error", error));
		}

		static Answer invalidRequest(int status, String message) {
			return error(status, Map.of("type", "invalid_request_error", "message", message));
		}

		static Answer invalidRequest(int status, String code, String message) {
			return error(status, Map.of("type", "invalid_request_error", "code", code, "message", message));
		}

	}

}
