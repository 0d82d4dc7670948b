package io.github.secretsboot.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import javax.security.auth.login.AccountNotFoundException;

import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener.DefaultSystemLauncherListener;
import org.apache.qpid.server.model.Broker;
import org.apache.qpid.server.model.PasswordCredentialManagingAuthenticationProvider;
import org.apache.qpid.server.model.Port;
import org.apache.qpid.server.model.SystemConfig;
import org.apache.qpid.server.model.port.AmqpPort;

/**
 * A broker that speaks AMQP 0-9-1 as RabbitMQ does, inside the JVM.
 */
final class AmqpBroker implements AutoCloseable {

	private static final String CONFIGURATION = """
			{
			  "name": "test",
			  "modelVersion": "9.1",
			  "authenticationproviders": [{"name": "users", "type": "Plain", "secureOnlyMechanisms": []}],
			  "ports": [{"name": "AMQP", "type": "AMQP", "port": "0", "protocols": ["AMQP_0_9_1"],
			    "authenticationProvider": "users",
			    "virtualhostaliases": [{"name": "default", "type": "defaultAlias"}]}],
			  "virtualhostnodes": [{"name": "default", "type": "Memory", "defaultVirtualHostNode": true,
			    "virtualHostInitialConfiguration": "{\\"type\\": \\"Memory\\", \\"nodeAutoCreationPolicies\\": []}"}]
			}
			""";

	private final Path configuration;

	private final SystemLauncher launcher;

	private Broker<?> broker;

	AmqpBroker() {
		this.launcher = new SystemLauncher(new DefaultSystemLauncherListener() {

			@Override
			public void onContainerResolve(SystemConfig<?> systemConfig) {
				AmqpBroker.this.broker = systemConfig.getContainer(Broker.class);
			}

		});
		try {
			this.configuration = Files.createTempFile("broker", ".json");
			Files.writeString(this.configuration, CONFIGURATION);
			this.launcher.startup(Map.of(SystemConfig.TYPE, "Memory", SystemConfig.INITIAL_CONFIGURATION_LOCATION,
					this.configuration.toUri().toString(), SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT, false));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	int port() {
		return this.broker.getChildren(Port.class)
			.stream()
			.map(AmqpPort.class::cast)
			.mapToInt(AmqpPort::getBoundPort)
			.findFirst()
			.getAsInt();
	}

	void setPassword(String username, String password) {
		PasswordCredentialManagingAuthenticationProvider<?> users = (PasswordCredentialManagingAuthenticationProvider<?>) this.broker
			.getAuthenticationProviders()
			.iterator()
			.next();
		try {
			if (users.getUsers().containsKey(username)) {
				users.setPassword(username, password);
			}
			else {
				users.createUser(username, password, Map.of());
			}
		}
		catch (AccountNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.launcher.shutdown();
		try {
			Files.delete(this.configuration);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
