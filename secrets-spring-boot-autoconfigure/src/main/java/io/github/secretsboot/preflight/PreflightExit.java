package io.github.secretsboot.preflight;

/**
 * Ends a preflight. Register another one with a
 * {@link org.springframework.boot.bootstrap.BootstrapRegistryInitializer} to run a
 * preflight inside of a test; the default ends the JVM.
 */
@FunctionalInterface
public interface PreflightExit {

	/**
	 * End the preflight. If this returns, the application still does not start.
	 * @param status 0 if the application would find all that it needs, else 1
	 */
	void exit(int status);

}
