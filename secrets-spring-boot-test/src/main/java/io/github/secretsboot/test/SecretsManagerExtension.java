package io.github.secretsboot.test;

import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A JUnit Jupiter extension with a {@link SecretsManagerServer} that runs as long as the
 * test class does. Faults, latency and recorded calls are reset before each test; secrets
 * stay.
 *
 * <pre class="code">
 * &#064;RegisterExtension
 * static final SecretsManagerExtension secretsManager = new SecretsManagerExtension();
 *
 * &#064;Test
 * void whenThrottledThenRetries() {
 *     secretsManager.server().throttle(2);
 *     // ...
 * }
 * </pre>
 *
 * With {@code @ExtendWith}, methods and constructors can take the server as a parameter.
 * If the extension is registered in an instance field, each test has its own server.
 *
 * @since 0.1.0
 */
public final class SecretsManagerExtension
		implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {

	private final UnaryOperator<SecretsManagerServer.Builder> customizer;

	private int users;

	private @Nullable SecretsManagerServer server;

	/**
	 * Create an extension with a default server.
	 */
	public SecretsManagerExtension() {
		this(UnaryOperator.identity());
	}

	/**
	 * Create an extension with a customized server.
	 * @param customizer customizes the server, for example
	 * {@code (server) -> server.region("eu-central-1")}
	 */
	public SecretsManagerExtension(UnaryOperator<SecretsManagerServer.Builder> customizer) {
		this.customizer = customizer;
	}

	/**
	 * Return the server, and start it if it does not run yet.
	 * @return the server
	 */
	public synchronized SecretsManagerServer server() {
		if (this.server == null) {
			this.server = this.customizer.apply(SecretsManagerServer.builder()).start();
		}
		return this.server;
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		use();
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		use();
		server().heal();
		server().resetCalls();
	}

	@Override
	public void afterEach(ExtensionContext context) {
		release();
	}

	@Override
	public void afterAll(ExtensionContext context) {
		release();
	}

	/**
	 * Nested classes and the tests themselves share the server of the outermost class.
	 */
	private synchronized void use() {
		this.users++;
		server();
	}

	private synchronized void release() {
		this.users--;
		if (this.users == 0 && this.server != null) {
			this.server.close();
			this.server = null;
		}
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == SecretsManagerServer.class;
	}

	@Override
	public SecretsManagerServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return server();
	}

}
