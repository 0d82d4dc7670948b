package io.github.secretsboot.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.RefreshResult;
import io.github.secretsboot.Secrets;
import io.github.secretsboot.consumers.SecretConsumer.Connections;
import io.github.secretsboot.consumers.SecretConsumer.Mode;
import io.github.secretsboot.consumers.SecretConsumers;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Serves HTTPS with a certificate that is held in a secret and rotates.
 */
class SslTests {

	@TempDir
	private static Path directory;

	private static PemFiles first;

	private static PemFiles second;

	private final SecretsManagerServer secretsManager = SecretsManagerServer.start();

	@BeforeAll
	static void createCertificates() throws Exception {
		first = PemFiles.create(directory, "first");
		second = PemFiles.create(directory, "second");
	}

	@AfterEach
	void close() {
		this.secretsManager.close();
	}

	private ConfigurableApplicationContext run(Server server, String... arguments) {
		this.secretsManager.create("tls", values(first));
		return new SpringApplicationBuilder(server.application()).web(server.type())
			.run(this.secretsManager.arguments(Arguments.with(arguments, "--secrets.sources[0].name=tls",
					"--secrets.sources[0].prefix=tls.", "--server.port=0", "--server.tomcat.max-keep-alive-requests=-1",
					"--server.tomcat.keep-alive-timeout=10m", "--server.ssl.bundle=web-server",
					"--spring.ssl.bundle.pem.web-server.keystore.certificate=${tls.certificate}",
					"--spring.ssl.bundle.pem.web-server.keystore.private-key=${tls.key}")));
	}

	private static Map<String, String> values(PemFiles files) {
		return Map.of("certificate", files.certificate(), "key", files.privateKey());
	}

	private RefreshResult rotate(ConfigurableApplicationContext context, Map<String, String> values) {
		this.secretsManager.rotate("tls", values);
		return context.getBean(Secrets.class).refresh();
	}

	@ParameterizedTest
	@EnumSource
	void whenCertificateRotatesThenNewHandshakesSeeItAndNoRequestIsLost(Server server) throws Exception {
		try (ConfigurableApplicationContext context = run(server); Connection open = new Connection(context)) {
			Load load = new Load(1, () -> {
				try (Connection connection = new Connection(context)) {
					connection.get();
				}
			});
			Load loadOfOpenConnection = new Load(1, open::get);
			try (load; loadOfOpenConnection) {
				for (int i = 0; i < AbstractClientTests.ROTATIONS; i++) {
					PemFiles next = (i % 2 == 0) ? second : first;
					assertThat(rotate(context, values(next)).changes()).hasSize(1);
					assertThat(served(context)).isEqualTo("CN=" + next.name());
					load.awaitProgress();
					loadOfOpenConnection.awaitProgress();
				}
			}
			assertThat(load.failures()).isEmpty();
			assertThat(loadOfOpenConnection.failures()).isEmpty();
			assertThat(open.certificate()).isEqualTo("CN=first");
			isListed(context);
		}
	}

	@Test
	void whenNewCertificateOrKeyIsUnusableThenTheOldOneIsServed() throws Exception {
		try (ConfigurableApplicationContext context = run(Server.TOMCAT)) {
			for (Map<String, String> values : unusableValues()) {
				RefreshResult result = rotate(context, values);
				assertThat(result.changes()).isEmpty();
				assertThat(result.failures()).singleElement()
					.satisfies((failure) -> assertThat(failure.reason()).isEqualTo(FailureReason.REJECTED));
				assertThat(served(context)).isEqualTo("CN=first");
			}
			rotate(context, values(second));
			assertThat(served(context)).isEqualTo("CN=second");
		}
	}

	private static List<Map<String, String>> unusableValues() throws IOException {
		String broken = "-----BEGIN CERTIFICATE-----\ncanary\n-----END CERTIFICATE-----";
		Path file = Files.writeString(directory.resolve("second.pem"), second.privateKey());
		return List.of(Map.of("certificate", broken, "key", second.privateKey()),
				Map.of("certificate", second.certificate(), "key", first.privateKey()),
				Map.of("certificate", second.certificate(), "key", file.toUri().toString()));
	}

	private static void isListed(ConfigurableApplicationContext context) {
		assertThat(context.getBean(SecretConsumers.class).list())
			.filteredOn((consumer) -> consumer.member().equals("bundles[web-server]"))
			.singleElement()
			.satisfies((consumer) -> {
				assertThat(consumer.bean()).isEqualTo("sslBundleRegistry");
				assertThat(consumer.properties()).containsExactlyInAnyOrder("tls.certificate", "tls.key");
				assertThat(consumer.mode()).isEqualTo(Mode.LIVE);
				assertThat(consumer.connections()).isEqualTo(Connections.KEPT);
			});
	}

	@Test
	void whenExcludedThenKeepsTheOldCertificate() throws Exception {
		try (ConfigurableApplicationContext context = run(Server.TOMCAT, "--secrets.follow.exclude=ssl")) {
			rotate(context, values(second));
			assertThat(served(context)).isEqualTo("CN=first");
		}
	}

	private static String served(ConfigurableApplicationContext context) throws Exception {
		try (Connection connection = new Connection(context)) {
			return connection.certificate();
		}
	}

	/**
	 * A connection with a handshake of its own, which is kept alive.
	 */
	private static final class Connection implements AutoCloseable {

		private static final TrustManager ANYBODY = new X509TrustManager() {

			@Override
			public void checkClientTrusted(X509Certificate[] chain, String authType) {
			}

			@Override
			public void checkServerTrusted(X509Certificate[] chain, String authType) {
			}

			@Override
			public X509Certificate[] getAcceptedIssuers() {
				return new X509Certificate[0];
			}

		};

		private final SSLSocket socket;

		private final BufferedReader reader;

		Connection(ConfigurableApplicationContext context) throws Exception {
			SSLContext fresh = SSLContext.getInstance("TLS");
			fresh.init(null, new TrustManager[] { ANYBODY }, null);
			int port = ((WebServerApplicationContext) context).getWebServer().getPort();
			this.socket = (SSLSocket) fresh.getSocketFactory().createSocket("127.0.0.1", port);
			this.socket.setSoTimeout(60_000);
			this.socket.startHandshake();
			this.reader = new BufferedReader(
					new InputStreamReader(this.socket.getInputStream(), StandardCharsets.US_ASCII));
		}

		String certificate() throws IOException {
			return ((X509Certificate) this.socket.getSession().getPeerCertificates()[0]).getSubjectX500Principal()
				.getName();
		}

		/**
		 * Get an answer, whatever it is.
		 */
		void get() throws IOException {
			this.socket.getOutputStream()
				.write("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			String status = this.reader.readLine();
			if (status == null || !status.startsWith("HTTP/1.1 ")) {
				throw new IOException("No answer but " + status);
			}
			while (!this.reader.readLine().isEmpty()) {
				// A header
			}
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

	}

}
