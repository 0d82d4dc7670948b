package io.github.secretsboot.benchmarks.reload;

import io.github.secretsboot.benchmarks.probe.BenchmarkApplication;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/**
 * The application with Spring Cloud AWS's starter, Actuator and Spring Cloud Context.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
public class ReloadApplication {

	/**
	 * Start the application.
	 * @param args the command line
	 */
	public static void main(String[] args) {
		BenchmarkApplication.run(ReloadApplication.class, ReloadConfiguration.class, args);
	}

}
