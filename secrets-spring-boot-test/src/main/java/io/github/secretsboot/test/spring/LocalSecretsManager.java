package io.github.secretsboot.test.spring;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.github.secretsboot.test.SecretsManagerServer;

import org.springframework.boot.SpringApplication;
import org.springframework.util.function.ThrowingConsumer;

/**
 * Runs an application on a developer's machine with a {@link SecretsManagerServer}, which
 * is running and has its secrets before the application loads its configuration. Use it
 * in a main class among the tests, for {@code spring-boot:test-run} and
 * {@code bootTestRun}:
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *     LocalSecretsManager.on(4567)
 *         .with((server) -> server.create("myapp/default/api-keys", Map.of("STRIPE_SECRET_KEY", "sk_test_fake_1")))
 *         .run(MyApplication::main, args);
 * }
 * }</pre>
 *
 * The server belongs to the application context: it is a bean and is closed with the
 * context, also when DevTools restarts the application. Immutable.
 *
 * @since 0.1.0
 */
public final class LocalSecretsManager {

	private final UnaryOperator<SecretsManagerServer.Builder> customizer;

	private final Consumer<SecretsManagerServer> content;

	private LocalSecretsManager(UnaryOperator<SecretsManagerServer.Builder> customizer,
			Consumer<SecretsManagerServer> content) {
		this.customizer = customizer;
		this.content = content;
	}

	/**
	 * Create a Secrets Manager with a fixed port, so that you can use it from a terminal.
	 * @param port the port, or {@code 0} for any free port
	 * @return the Secrets Manager, which does not run yet
	 */
	public static LocalSecretsManager on(int port) {
		return new LocalSecretsManager((builder) -> builder.port(port), (server) -> {
		});
	}

	/**
	 * Customize the server.
	 * @param customizer the function that customizes it, for example
	 * {@code (server) -> server.region("eu-central-1")}
	 * @return the customized Secrets Manager
	 */
	public LocalSecretsManager customize(UnaryOperator<SecretsManagerServer.Builder> customizer) {
		return new LocalSecretsManager((builder) -> customizer.apply(this.customizer.apply(builder)), this.content);
	}

	/**
	 * Prepare the server before the application starts, for example by creating secrets
	 * or adding faults.
	 * @param content the action that prepares the server
	 * @return the prepared Secrets Manager
	 */
	public LocalSecretsManager with(Consumer<SecretsManagerServer> content) {
		return new LocalSecretsManager(this.customizer, this.content.andThen(content));
	}

	/**
	 * Run an application.
	 * @param main its main method
	 * @param args the arguments of the main method
	 */
	public void run(ThrowingConsumer<String[]> main, String... args) {
		LocalServerRunListener listener = new LocalServerRunListener(this::start);
		SpringApplication.withHook((application) -> listener, () -> main.accept(args));
	}

	private SecretsManagerServer start() {
		SecretsManagerServer server = this.customizer.apply(SecretsManagerServer.builder()).start();
		try {
			this.content.accept(server);
			return server;
		}
		catch (RuntimeException ex) {
			server.close();
			throw ex;
		}
	}

}
