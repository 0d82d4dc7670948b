package io.github.secretsboot.benchmarks.driver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.secretsboot.test.Fault;
import io.github.secretsboot.test.Operation;
import io.github.secretsboot.test.SecretsManagerServer;

/**
 * A Secrets Manager in a process of its own, which obeys its standard input line by line.
 */
public final class ServerMain {

	/** Number of secrets that there are. */
	static final int SECRETS = 50;

	/** Name of the secret with many members. */
	static final String MEMBERS = "benchmark/production/members";

	/** Number of its members. */
	static final int MEMBER_COUNT = 1_000;

	private static final PrintStream OUT = System.out;

	private final SecretsManagerServer server;

	private final Map<String, String> members = new HashMap<>();

	private ServerMain(SecretsManagerServer server) {
		this.server = server;
		change(MEMBER_COUNT, "initial");
		server.create(MEMBERS, this.members);
	}

	/**
	 * Start the server; it ends with its input.
	 * @param args none
	 * @throws IOException if the input cannot be read
	 */
	public static void main(String[] args) throws IOException {
		try (SecretsManagerServer server = SecretsManagerServer.start()) {
			for (int i = 0; i < SECRETS; i++) {
				server.create(secretName(i), content(i, "initial-" + i));
			}
			new ServerMain(server).serve();
		}
	}

	static String secretName(int index) {
		return "benchmark/production/secret-" + index;
	}

	private static Map<String, String> content(int index, String password) {
		return Map.of("SECRET_" + index + "_USERNAME", "user-" + index, "SECRET_" + index + "_PASSWORD", password,
				"SECRET_" + index + "_URL", "https://service-" + index + ".example.com/api/v1");
	}

	private void change(int count, String value) {
		IntStream.range(0, count).forEach((i) -> this.members.put("member.number" + i, value));
	}

	private void serve() throws IOException {
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		OUT.println(ChildProcess.ANSWER + this.server.endpoint());
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			OUT.println(ChildProcess.ANSWER + execute(line.split(" ")));
		}
	}

	private String execute(String[] command) {
		switch (command[0]) {
			case "scene" -> scene(Integer.parseInt(command[1]), Boolean.parseBoolean(command[2]));
			case "hang" -> this.server.fail(Fault.hang());
			case "rotate" -> this.server.rotate(secretName(Integer.parseInt(command[1])),
					content(Integer.parseInt(command[1]), command[2]));
			case "rotate-members" -> {
				change(Integer.parseInt(command[1]), command[2]);
				this.server.rotate(MEMBERS, this.members);
			}
			case "calls" -> {
				return this.server.calls() + " " + this.server.calls(Operation.BATCH_GET_SECRET_VALUE);
			}
			default -> throw new IllegalArgumentException(command[0]);
		}
		return "done";
	}

	private void scene(int latencyMillis, boolean batchAllowed) {
		this.server.heal();
		this.server.resetCalls();
		this.server.latency(Duration.ofMillis(latencyMillis));
		if (!batchAllowed) {
			this.server.deny(Operation.BATCH_GET_SECRET_VALUE);
		}
	}

}
