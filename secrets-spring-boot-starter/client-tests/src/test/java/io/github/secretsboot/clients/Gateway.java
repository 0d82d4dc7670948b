package io.github.secretsboot.clients;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Stands between clients and a server: closes connections when told to, as a server does
 * that ends sessions, and counts the refusals that it lets through.
 */
final class Gateway implements AutoCloseable {

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final AtomicInteger refusals = new AtomicInteger();

	private final AtomicInteger connections = new AtomicInteger();

	private final ServerSocket server;

	private final Pattern refusal;

	private volatile int target;

	Gateway(String refusal) {
		this.refusal = Pattern.compile(refusal);
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Gateway to(int target) {
		this.target = target;
		this.executor.execute(this::accept);
		return this;
	}

	int port() {
		return this.server.getLocalPort();
	}

	/** How often the server has refused somebody. */
	int refusals() {
		return this.refusals.get();
	}

	/** How many connections have been opened. */
	int connections() {
		return this.connections.get();
	}

	/** Close all connections that are open now. */
	void kill() {
		Set.copyOf(this.sockets).forEach(this::close);
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket client = this.server.accept();
				this.connections.incrementAndGet();
				Socket upstream = new Socket(InetAddress.getLoopbackAddress(), this.target);
				client.setTcpNoDelay(true);
				upstream.setTcpNoDelay(true);
				this.sockets.add(client);
				this.sockets.add(upstream);
				this.executor.execute(() -> copy(client, upstream, false));
				this.executor.execute(() -> copy(upstream, client, true));
			}
			catch (IOException ex) {
				// Closed, or the server is not there yet
			}
		}
	}

	private void copy(Socket from, Socket to, boolean answers) {
		byte[] buffer = new byte[16 * 1024];
		try (InputStream input = from.getInputStream(); OutputStream output = to.getOutputStream()) {
			for (int length = input.read(buffer); length >= 0; length = input.read(buffer)) {
				if (answers) {
					String text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
					this.refusals.addAndGet((int) this.refusal.matcher(text).results().count());
				}
				output.write(buffer, 0, length);
				output.flush();
			}
		}
		catch (IOException ex) {
			// One of both has gone
		}
		finally {
			close(from);
			close(to);
		}
	}

	private void close(Socket socket) {
		this.sockets.remove(socket);
		try {
			socket.close();
		}
		catch (IOException ex) {
			// It is closed
		}
	}

	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		kill();
		this.executor.shutdownNow();
	}

}
