package io.github.secretsboot.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

/**
 * An HTTP server on the loopback interface. Every request that is being handled has a
 * thread of its own, so that one that waits holds nobody up. All threads are daemons.
 */
final class HttpEndpoint implements AutoCloseable {

	private static final int BACKLOG = 1024;

	static {
		// Before JDK 25, the server sends headers and body apart, and with Nagle's
		// algorithm
		// between them every call takes 40 ms. The JDK reads this once.
		if (System.getProperty("sun.net.httpserver.nodelay") == null) {
			System.setProperty("sun.net.httpserver.nodelay", "true");
		}
	}

	private final HttpServer server;

	private final ExecutorService executor;

	private final URI uri;

	private HttpEndpoint(HttpServer server) {
		this.server = server;
		int port = server.getAddress().getPort();
		this.uri = URI.create("http://127.0.0.1:" + port);
		this.executor = Executors.newCachedThreadPool((task) -> daemon(task, "secrets-manager-" + port));
	}

	static HttpEndpoint start(int port, HttpHandler handler) {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
					BACKLOG);
			HttpEndpoint endpoint = new HttpEndpoint(server);
			server.createContext("/", handler);
			server.setExecutor(endpoint.executor);
			// The server's own thread is a daemon if the thread that starts it is one
			Thread starter = daemon(server::start, "secrets-manager-start");
			starter.start();
			starter.join();
			return endpoint;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot listen on port " + port, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while starting", ex);
		}
	}

	URI uri() {
		return this.uri;
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.executor.shutdownNow();
	}

	private static Thread daemon(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

}
