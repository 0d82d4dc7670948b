package io.github.secretsboot.test;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Runs a {@link SecretsManagerServer} in a process of its own, for programs in any
 * language.
 */
final class Standalone {

	private static final int DEFAULT_PORT = 4567;

	private static final String USAGE = """
			A stand-in for AWS Secrets Manager, on the loopback interface.

			  --port <number>            where to listen; 4567 by default, 0 is any free port
			  --content <file>           a JSON object of the secrets to begin with: {"name": "text", "name": {"key": "value"}}
			  --region <name>            the region of these secrets; us-east-1 by default. All others are served as well.
			  --account <number>         the account; 123456789012 by default
			  --lambda-endpoint <URL>    where rotation functions are, such as http://127.0.0.1:3001 of sam local start-lambda
			""";

	private Standalone() {
	}

	/**
	 * Start, and run until the process is told to end.
	 */
	public static void main(String[] args) throws InterruptedException {
		PrintStream out = System.out;
		if (List.of(args).contains("--help")) {
			out.print(USAGE);
			return;
		}
		SecretsManagerServer server;
		try {
			server = start(args);
		}
		catch (RuntimeException ex) {
			System.err.println(ex.getMessage());
			System.err.print(USAGE);
			System.exit(2);
			return;
		}
		out.print(greeting(server));
		Runtime.getRuntime().addShutdownHook(new Thread(server::close));
		new CountDownLatch(1).await();
	}

	static SecretsManagerServer start(String... args) {
		SecretsManagerServer.Builder builder = SecretsManagerServer.builder().port(DEFAULT_PORT).everyRegion();
		for (Iterator<String> options = List.of(args).iterator(); options.hasNext();) {
			String option = options.next();
			if (!options.hasNext()) {
				throw new IllegalArgumentException("What is the value of " + option + "?");
			}
			apply(option, options.next(), builder);
		}
		return builder.start();
	}

	private static void apply(String option, String value, SecretsManagerServer.Builder builder) {
		switch (option) {
			case "--port" -> builder.port(Integer.parseInt(value));
			case "--content" -> builder.content(Path.of(value));
			case "--region" -> builder.region(value);
			case "--account" -> builder.account(value);
			case "--lambda-endpoint" -> builder.lambdaEndpoint(URI.create(value));
			default -> throw new IllegalArgumentException("There is no option " + option);
		}
	}

	private static String greeting(SecretsManagerServer server) {
		return """
				Secrets Manager at %1$s
				  export AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_DEFAULT_REGION=%2$s
				  aws secretsmanager list-secrets --endpoint-url %1$s
				""".formatted(server.endpoint(), server.region());
	}

}
