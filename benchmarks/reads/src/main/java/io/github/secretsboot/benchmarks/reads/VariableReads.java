package io.github.secretsboot.benchmarks.reads;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * {@code Environment.getProperty} of a property that is named like an environment
 * variable, of the last of 50 secrets.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init")
public class VariableReads {

	private static final String NAME = "SECRET_" + (Fixture.SECRETS - 1) + "_PASSWORD";

	/** How the secrets get into the environment. */
	@Param({ "ours", "map", "incumbent" })
	public String kind;

	private Fixture fixture;

	private ConfigurableApplicationContext context;

	private Environment environment;

	/**
	 * Start the application.
	 */
	@Setup
	public void start() {
		this.fixture = new Fixture();
		this.context = this.fixture.start(this.kind, Fixture.SECRETS);
		this.environment = this.context.getEnvironment();
	}

	/**
	 * Stop the application.
	 */
	@TearDown
	public void stop() {
		this.context.close();
		this.fixture.close();
	}

	/**
	 * Read the property.
	 * @return its value
	 */
	@Benchmark
	public @Nullable String read() {
		return this.environment.getProperty(NAME);
	}

}
