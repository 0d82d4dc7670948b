package io.github.secretsboot.test.spring;

import java.util.ArrayList;
import java.util.List;

import io.github.secretsboot.test.SecretsManagerServer;
import org.jspecify.annotations.Nullable;

/**
 * The annotated test whose application context this thread is about to load. There is no
 * other way to tell the environment post-processor, which Spring Boot creates on its own
 * while the context loads, and which also runs for applications that have nothing to do
 * with a test.
 */
final class LoadingTest {

	private static final ThreadLocal<LoadingTest> current = new ThreadLocal<>();

	private final ServerSpec spec;

	private final List<SecretsManagerServer> ownerless = new ArrayList<>();

	private LoadingTest(ServerSpec spec) {
		this.spec = spec;
	}

	/**
	 * Begin. Until {@link #leave()}, a context that this thread loads is that of a test
	 * with this specification, or of a test without one.
	 */
	static void enter(@Nullable ServerSpec spec) {
		leave();
		if (spec != null) {
			current.set(new LoadingTest(spec));
		}
	}

	/**
	 * End. Closes the servers whose contexts failed before they could own them.
	 */
	static void leave() {
		LoadingTest test = current.get();
		current.remove();
		if (test != null) {
			test.ownerless.forEach(SecretsManagerServer::close);
		}
	}

	/**
	 * Start a server for the context being loaded, if it is that of an annotated test.
	 */
	static @Nullable SecretsManagerServer startServer() {
		LoadingTest test = current.get();
		if (test == null) {
			return null;
		}
		SecretsManagerServer server = test.spec.start();
		test.ownerless.add(server);
		return server;
	}

	/**
	 * From now on a context closes the server.
	 */
	static void owned(SecretsManagerServer server) {
		LoadingTest test = current.get();
		if (test != null) {
			test.ownerless.remove(server);
		}
	}

}
