package io.github.secretsboot.benchmarks.driver;

import java.util.List;
import java.util.Map;

/**
 * The driver's end of a {@link ServerMain}.
 */
class Server implements AutoCloseable {

	private final ChildProcess process;

	Server() {
		this.process = new ChildProcess(List.of(Jdk.current().java(), "-cp", System.getProperty("java.class.path"),
				ServerMain.class.getName()));
	}

	/**
	 * Arguments that make an application use this server.
	 */
	List<String> arguments() {
		return Map
			.of("spring.cloud.aws.endpoint", this.process.greeting(), "spring.cloud.aws.region.static", "us-east-1",
					"spring.cloud.aws.credentials.access-key", "fake-access-key",
					"spring.cloud.aws.credentials.secret-key", "fake-secret-key")
			.entrySet()
			.stream()
			.map((property) -> "--" + property.getKey() + "=" + property.getValue())
			.toList();
	}

	String endpoint() {
		return this.process.greeting();
	}

	/**
	 * End all faults, forget all calls.
	 */
	void scene(int latencyMillis, boolean batchAllowed) {
		this.process.ask("scene " + latencyMillis + " " + batchAllowed);
	}

	void hang() {
		this.process.ask("hang");
	}

	void rotate(int secret, String password) {
		this.process.ask("rotate " + secret + " " + password);
	}

	void rotateMembers(int changed, String value) {
		this.process.ask("rotate-members " + changed + " " + value);
	}

	int calls() {
		return Integer.parseInt(this.process.ask("calls").split(" ")[0]);
	}

	@Override
	public void close() {
		this.process.close();
	}

}
