package io.github.secretsboot.fetch.aws.direct;

import io.github.secretsboot.fetch.aws.HttpConnections;

/**
 * Has the JDK load what the first request needs while region and credentials are looked
 * for, on threads that end with it: half of the time until the request could be sent, and
 * more with TLS, goes into the JDK's cryptography.
 */
final class HeadStart {

	private HeadStart() {
	}

	/**
	 * Begin with what signing needs.
	 */
	static void sign() {
		begin(SignatureV4::load);
	}

	/**
	 * Begin with what connections need.
	 */
	static void connect() {
		begin(HttpConnections::loadTls);
	}

	private static void begin(Runnable task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (RuntimeException | LinkageError ex) {
				// The request meets the same and says so
				return;
			}
		}, "secrets-head-start");
		thread.setDaemon(true);
		thread.start();
	}

}
