package io.github.secretsboot.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.security.plain.internals.PlainServerCallbackHandler;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

import org.springframework.util.FileSystemUtils;

/**
 * A broker of Kafka inside the JVM that checks passwords, by PLAIN and by SCRAM.
 */
final class KafkaBroker implements AutoCloseable {

	private static final Map<String, String> passwords = new ConcurrentHashMap<>();

	private final Path directory;

	private final KafkaRaftServer server;

	private final Admin admin;

	private final int port;

	/**
	 * Start a broker.
	 * @param advertisedPort where clients are told to find it
	 */
	KafkaBroker(int advertisedPort) {
		try {
			this.directory = Files.createTempDirectory("kafka");
			this.port = freePort();
			int adminPort = freePort();
			Properties properties = properties(advertisedPort, this.port, adminPort, freePort());
			Formatter formatter = new Formatter();
			formatter.setNodeId(1);
			formatter.setClusterId(Uuid.randomUuid().toString());
			formatter.setDirectories(List.of(this.directory.toString()));
			formatter.setMetadataLogDirectory(this.directory.toString());
			formatter.setControllerListenerName("CONTROLLER");
			formatter.setIgnoreFormatted(true);
			formatter.run();
			this.server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
			this.server.startup();
			this.admin = Admin.create(Map.of("bootstrap.servers", "localhost:" + adminPort));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Properties properties(int advertisedPort, int port, int adminPort, int controllerPort) {
		Properties properties = new Properties();
		properties.put("process.roles", "broker,controller");
		properties.put("node.id", "1");
		properties.put("controller.quorum.voters", "1@localhost:" + controllerPort);
		properties.put("controller.listener.names", "CONTROLLER");
		properties.put("listeners", "CLIENT://localhost:" + port + ",ADMIN://localhost:" + adminPort
				+ ",CONTROLLER://localhost:" + controllerPort);
		properties.put("advertised.listeners",
				"CLIENT://localhost:" + advertisedPort + ",ADMIN://localhost:" + adminPort);
		properties.put("listener.security.protocol.map", "CLIENT:SASL_PLAINTEXT,ADMIN:PLAINTEXT,CONTROLLER:PLAINTEXT");
		properties.put("inter.broker.listener.name", "ADMIN");
		properties.put("listener.name.client.sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256");
		properties.put("listener.name.client.plain.sasl.jaas.config",
				"org.apache.kafka.common.security.plain.PlainLoginModule required;");
		properties.put("listener.name.client.plain.sasl.server.callback.handler.class", Passwords.class.getName());
		properties.put("listener.name.client.scram-sha-256.sasl.jaas.config",
				"org.apache.kafka.common.security.scram.ScramLoginModule required;");
		properties.put("log.dirs", this.directory.toString());
		properties.put("offsets.topic.replication.factor", "1");
		properties.put("offsets.topic.num.partitions", "1");
		properties.put("transaction.state.log.replication.factor", "1");
		properties.put("transaction.state.log.min.isr", "1");
		properties.put("group.initial.rebalance.delay.ms", "0");
		properties.put("connection.failed.authentication.delay.ms", "10");
		return properties;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	int port() {
		return this.port;
	}

	void setPassword(String username, String password) throws InterruptedException, ExecutionException {
		passwords.put(username, password);
		this.admin
			.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(username,
					new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096), password)))
			.all()
			.get();
		AbstractClientTests.pause(30);
	}

	@Override
	public void close() {
		this.admin.close();
		this.server.shutdown();
		this.server.awaitShutdown();
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Checks passwords for PLAIN.
	 */
	public static final class Passwords extends PlainServerCallbackHandler {

		@Override
		protected boolean authenticate(String username, char[] password) {
			return new String(password).equals(passwords.get(username));
		}

	}

}
