package io.github.secretsboot.fetch.aws;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.secretsboot.fetch.FetchResult;
import io.github.secretsboot.fetch.FetchSettings;
import io.github.secretsboot.fetch.HttpReader;
import io.github.secretsboot.fetch.SecretFetcher;
import io.github.secretsboot.fetch.SecretRequest;
import org.apache.commons.logging.impl.NoOpLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an endpoint cannot fill the memory of the application, which has little.
 */
class AnswerLimitTests {

	private static final long SIZE = 300_000_000;

	private static final List<String> KINDS = List.of("fixed", "chunked", "list", "compressed", "error", "denied");

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private HttpServer server;

	@TempDir
	private Path directory;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(this.threads);
		this.server.createContext("/", AnswerLimitTests::answer);
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	/**
	 * Answers as the name of the secret says.
	 */
	private static void answer(HttpExchange exchange) throws IOException {
		String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		String kind = KINDS.stream().filter(request::contains).findFirst().orElseThrow();
		if (kind.equals("compressed")) {
			exchange.getResponseHeaders().set("Content-Encoding", "gzip");
		}
		if (kind.equals("denied")) {
			exchange.getResponseHeaders().set("x-amzn-ErrorType", "AccessDeniedException");
		}
		int status = kind.equals("error") ? 500 : kind.equals("denied") ? 400 : 200;
		exchange.sendResponseHeaders(status, kind.equals("fixed") ? SIZE : 0);
		try (OutputStream out = exchange.getResponseBody()) {
			byte[] start = utf8(kind.equals("list") ? "{\"Errors\":[{}" : "{\"SecretString\":\"canary-");
			byte[] part = utf8((kind.equals("list") ? ",{}" : "aaa").repeat(1_000_000));
			boolean compressed = kind.equals("compressed");
			out.write(compressed ? compress(start) : start);
			byte[] sent = compressed ? compress(part) : part;
			for (int i = 0; i < 100; i++) {
				out.write(sent);
			}
		}
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] compress(byte[] bytes) {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream();
		try (OutputStream out = new GZIPOutputStream(compressed)) {
			out.write(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return compressed.toByteArray();
	}

	@Test
	void whenAnswersHaveNoEndThenCallsFailAndMemoryIsLeft() {
		List<String> output = new ForkedJvm(this.directory, List.of("-Xmx128m", "-XX:+ExitOnOutOfMemoryError"),
				Map.of())
			.run(Application.class, "http://127.0.0.1:" + this.server.getAddress().getPort());
		String large = "service error, the answer is larger than 512 KiB";
		assertThat(output).containsExactly("direct fixed: " + large, "direct chunked: " + large,
				"direct list: " + large, "direct compressed: service error, the answer could not be read",
				"direct error: service error, status 500", "direct denied: access denied, AccessDeniedException",
				"sdk fixed: " + large, "sdk chunked: " + large, "sdk list: " + large,
				"sdk compressed: service error, the answer could not be read", "sdk error: service error, status 500",
				"sdk denied: access denied, AccessDeniedException");
	}

	/**
	 * Reads secrets in batches, then one by one, from an endpoint that answers too much.
	 */
	static final class Application {

		private Application() {
		}

		public static void main(String[] arguments) {
			for (String client : List.of("direct", "sdk")) {
				FetchSettings settings = new FetchSettings(true, 16, Duration.ofSeconds(20));
				try (SecretFetcher fetcher = new SecretFetcher(HttpReader.create(arguments[0], client), settings,
						new NoOpLog())) {
					for (String kind : KINDS) {
						System.out.println(client + " " + kind + ": " + failures(fetcher, kind));
					}
				}
			}
		}

		private static String failures(SecretFetcher fetcher, String kind) {
			List<SecretRequest> requests = IntStream.range(0, 6)
				.mapToObj((i) -> SecretRequest.current(kind + i))
				.toList();
			return fetcher.fetch(requests)
				.values()
				.stream()
				.map(FetchResult::requiredFailure)
				.map((failure) -> failure.reason() + ", " + failure.detail().replaceAll(" \\(.*", ""))
				.distinct()
				.collect(Collectors.joining());
		}

	}

}
