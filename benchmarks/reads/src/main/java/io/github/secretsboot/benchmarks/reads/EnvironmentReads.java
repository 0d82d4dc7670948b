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
 * {@code Environment.getProperty} of a property of the first and of the last secret.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init")
public class EnvironmentReads {

	/** How the secrets get into the environment. */
	@Param({ "ours", "map", "incumbent" })
	public String kind;

	/** How many secrets there are. */
	@Param({ "1", "10", "50" })
	public int secrets;

	private Fixture fixture;

	private ConfigurableApplicationContext context;

	private Environment environment;

	private String first;

	private String last;

	/**
	 * Start the application.
	 */
	@Setup
	public void start() {
		this.fixture = new Fixture();
		this.context = this.fixture.start(this.kind, this.secrets);
		this.environment = this.context.getEnvironment();
		this.first = "service-0.password";
		this.last = "service-" + (this.secrets - 1) + ".password";
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
	 * Read a property of the first secret.
	 * @return its value
	 */
	@Benchmark
	public @Nullable String first() {
		return this.environment.getProperty(this.first);
	}

	/**
	 * Read a property of the last secret.
	 * @return its value
	 */
	@Benchmark
	public @Nullable String last() {
		return this.environment.getProperty(this.last);
	}

}
