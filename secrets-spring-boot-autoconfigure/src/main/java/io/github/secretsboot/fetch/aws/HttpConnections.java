package io.github.secretsboot.fetch.aws;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.security.GeneralSecurityException;
import java.time.Duration;

import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

import io.github.secretsboot.fetch.Deadline;

/**
 * Opens the connections that secrets are read with, by the SDK's client and without it.
 * They keep to themselves whatever an application sets for all connections of its JVM: no
 * foreign host name verifier or socket factory is asked, no cache sees an answer, no
 * redirect is followed. Proxies, trust store and key store of the JVM count.
 */
public final class HttpConnections {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

	/**
	 * The JDK compares host and certificate itself, and asks about those that do not
	 * match.
	 */
	private static final HostnameVerifier NO_EXCEPTIONS = (host, session) -> false;

	private HttpConnections() {
	}

	/**
	 * Load what connections with TLS need.
	 */
	public static void loadTls() {
		Tls.SOCKETS.getDefaultCipherSuites();
	}

	/**
	 * Open a connection for one request.
	 * @param url where to
	 * @param deadline when it must be over; a connection knows limits for connecting and
	 * for each read only
	 * @return the connection, which is not connected yet
	 * @throws IOException if there cannot be one
	 */
	public static HttpURLConnection open(URL url, Deadline deadline) throws IOException {
		return protect(url.openConnection(), deadline.remaining());
	}

	static HttpURLConnection protect(URLConnection opened) {
		return protect(opened, READ_TIMEOUT);
	}

	private static HttpURLConnection protect(URLConnection opened, Duration limit) {
		HttpURLConnection connection = (HttpURLConnection) opened;
		if (connection instanceof HttpsURLConnection secure) {
			secure.setSSLSocketFactory(Tls.SOCKETS);
			secure.setHostnameVerifier(NO_EXCEPTIONS);
		}
		connection.setConnectTimeout(millis(CONNECT_TIMEOUT, limit));
		connection.setReadTimeout(millis(READ_TIMEOUT, limit));
		connection.setInstanceFollowRedirects(false);
		connection.setUseCaches(false);
		return connection;
	}

	private static int millis(Duration timeout, Duration limit) {
		// Rounded up: zero is endless
		return (int) ((timeout.compareTo(limit) < 0) ? timeout.toMillis() : limit.toMillis() + 1);
	}

	/**
	 * The JVM's settings for TLS. One factory, since connections are kept alive by it,
	 * and not the one that somebody may have set for all connections of the application.
	 */
	private static final class Tls {

		static final SSLSocketFactory SOCKETS = sockets();

		private static SSLSocketFactory sockets() {
			try {
				return SSLContext.getInstance("Default").getSocketFactory();
			}
			catch (GeneralSecurityException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
