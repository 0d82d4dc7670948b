package io.github.secretsboot.fetch.aws;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CacheRequest;
import java.net.CacheResponse;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ResponseCache;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.secretsboot.fetch.Deadline;
import io.github.secretsboot.fetch.FetchException;
import io.github.secretsboot.fetch.HttpReader;
import io.github.secretsboot.fetch.SecretReader;
import io.github.secretsboot.fetch.SecretRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what an application that sets everything for all connections of its JVM does to
 * those to AWS: nothing, with the SDK's client and without it.
 */
class HttpConnectionsTests {

	private static final String VALUE = """
			{"ARN":"arn:aws:secretsmanager:us-east-1:123456789012:secret:a-AbCdEf","Name":"a","VersionId":"1",
			"SecretString":"canary-tls"}""";

	private final List<HttpServer> servers = new ArrayList<>();

	private final List<String> received = new CopyOnWriteArrayList<>();

	@TempDir
	private Path directory;

	@AfterEach
	void stop() {
		this.servers.forEach((server) -> server.stop(0));
	}

	@Test
	void whenHostIsRightThenItIsRead() throws Exception {
		TestCertificate localhost = TestCertificate.create(this.directory, "localhost");
		assertThat(run(localhost, serve(localhost), "a")).containsExactly("direct: read", "sdk: read");
		assertThat(this.received).hasSize(2);
	}

	@Test
	void whenCertificateIsForAnotherHostThenItIsRefused() throws Exception {
		TestCertificate other = TestCertificate.create(this.directory, "other.example");
		assertThat(run(other, serve(other), "a")).containsExactly("direct: unreachable", "sdk: unreachable");
		assertThat(this.received).isEmpty();
	}

	@Test
	void whenCertificateIsNotTrustedThenItIsRefused() throws Exception {
		TestCertificate trusted = TestCertificate.create(this.directory, "other.example");
		TestCertificate unknown = TestCertificate.create(this.directory, "localhost");
		assertThat(run(trusted, serve(unknown), "a")).containsExactly("direct: unreachable", "sdk: unreachable");
		assertThat(this.received).isEmpty();
	}

	@Test
	void whenAnswerLeadsElsewhereThenNobodyFollows() throws Exception {
		TestCertificate localhost = TestCertificate.create(this.directory, "localhost");
		assertThat(run(localhost, serve(localhost), "redirect")).containsExactly("direct: service error",
				"sdk: service error");
		assertThat(this.received).isNotEmpty().allMatch((request) -> request.startsWith("POST / "));
	}

	@Test
	void whenAnswerAsksForAPasswordThenNobodyGivesIt() throws Exception {
		TestCertificate localhost = TestCertificate.create(this.directory, "localhost");
		assertThat(run(localhost, serve(localhost), "password")).containsExactly("direct: service error",
				"sdk: service error");
	}

	@Test
	void whenEnvironmentNamesAProxyThenItIsUsed() throws IOException {
		HttpServer proxy = start(HttpServer.create(loopback(), 0));
		String address = "127.0.0.1:" + proxy.getAddress().getPort();
		Map<String, String> environment = Map.of("HTTP_PROXY", "http://fake-user:fake-password@" + address);
		assertThat(new ForkedJvm(this.directory, List.of(), environment).run(Application.class,
				"http://secretsmanager.invalid", "a"))
			.containsExactly("direct: read", "sdk: read");
		assertThat(this.received).hasSize(2)
			.allMatch((request) -> request.equals("POST http://secretsmanager.invalid/ fake-user:fake-password"));
		environment = Map.of("HTTP_PROXY", "http://127.0.0.1:1", "NO_PROXY", "127.0.0.1");
		assertThat(
				new ForkedJvm(this.directory, List.of(), environment).run(Application.class, "http://" + address, "a"))
			.containsExactly("direct: read", "sdk: read");
	}

	private List<String> run(TestCertificate trusted, String endpoint, String secret) throws Exception {
		return new ForkedJvm(this.directory,
				List.of("-Djavax.net.ssl.trustStore=" + TestCertificate.trust(this.directory, trusted),
						"-Djavax.net.ssl.trustStorePassword=" + TestCertificate.PASSWORD),
				Map.of())
			.run(Application.class, endpoint, secret);
	}

	private String serve(TestCertificate certificate) throws Exception {
		HttpsServer server = HttpsServer.create(loopback(), 0);
		server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
		return "https://localhost:" + start(server).getAddress().getPort();
	}

	private static InetSocketAddress loopback() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
	}

	private HttpServer start(HttpServer server) {
		server.createContext("/", this::answer);
		server.start();
		this.servers.add(server);
		return server;
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			this.received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
					+ credentials(exchange.getRequestHeaders().getFirst("Proxy-Authorization")));
			String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Location", "/elsewhere");
			exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"fake\"");
			byte[] body = VALUE.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(request.contains("redirect") ? 307 : request.contains("password") ? 401 : 200,
					body.length);
			exchange.getResponseBody().write(body);
		}
	}

	private static String credentials(@Nullable String header) {
		return (header != null) ? new String(Base64.getDecoder().decode(header.substring("Basic ".length()))) : "";
	}

	/**
	 * Trusts everybody, remembers everything, and reads a secret. Prints who is asked.
	 */
	static final class Application {

		private Application() {
		}

		public static void main(String[] arguments) throws Exception {
			HttpsURLConnection.setDefaultHostnameVerifier((host, session) -> {
				System.out.println("The host name verifier is asked");
				return true;
			});
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, new TrustManager[] { new TrustingManager() }, null);
			HttpsURLConnection.setDefaultSSLSocketFactory(context.getSocketFactory());
			SSLContext.setDefault(context);
			HttpURLConnection.setFollowRedirects(true);
			Authenticator.setDefault(new TellingAuthenticator());
			ResponseCache.setDefault(new TellingCache());
			URLConnection.setDefaultUseCaches("http", true);
			URLConnection.setDefaultUseCaches("https", true);
			read("direct", arguments[0], arguments[1]);
			read("sdk", arguments[0], arguments[1]);
		}

		private static void read(String client, String endpoint, String secret) {
			try (SecretReader reader = HttpReader.create(endpoint, client)) {
				reader.read(SecretRequest.current(secret), Deadline.after(Duration.ofSeconds(20)));
				System.out.println(client + ": read");
			}
			catch (FetchException ex) {
				System.out.println(client + ": " + ex.getFailure().reason());
			}
		}

	}

	private static final class TrustingManager implements X509TrustManager {

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType) {
			System.out.println("The trust manager is asked");
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

	private static final class TellingAuthenticator extends Authenticator {

		@Override
		protected PasswordAuthentication getPasswordAuthentication() {
			System.out.println("The authenticator is asked");
			return new PasswordAuthentication("fake", "fake".toCharArray());
		}

	}

	private static final class TellingCache extends ResponseCache {

		@Override
		public @Nullable CacheResponse get(URI uri, String method, Map<String, List<String>> headers) {
			System.out.println("The cache is asked");
			return null;
		}

		@Override
		public @Nullable CacheRequest put(URI uri, URLConnection connection) {
			System.out.println("The cache is told");
			return null;
		}

	}

}
