package io.github.secretsboot.benchmarks.driver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that is told what to do on its standard input, one command and one answer at
 * a time. Other lines that it prints are passed over.
 */
class ChildProcess implements AutoCloseable {

	static final String ANSWER = "@@ ";

	private final Process process;

	private final PrintStream in;

	private final BufferedReader out;

	private final String greeting;

	ChildProcess(List<String> command) {
		try {
			this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.in = new PrintStream(this.process.getOutputStream(), true, StandardCharsets.UTF_8);
		this.out = new BufferedReader(new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8));
		this.greeting = answer();
	}

	String greeting() {
		return this.greeting;
	}

	String ask(String command) {
		this.in.println(command);
		return answer();
	}

	private String answer() {
		StringBuilder other = new StringBuilder();
		try {
			for (String line = this.out.readLine(); line != null; line = this.out.readLine()) {
				if (line.startsWith(ANSWER)) {
					return line.substring(ANSWER.length());
				}
				other.append(line).append('\n');
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		throw new IllegalStateException("The process ended without an answer:\n" + other);
	}

	@Override
	public void close() {
		this.in.close();
		try {
			if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
