package io.github.secretsboot.benchmarks.incumbent;

import io.github.secretsboot.benchmarks.probe.BenchmarkApplication;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/**
 * The application with Spring Cloud AWS's starter.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
public class IncumbentApplication {

	/**
	 * Start the application.
	 * @param args the command line
	 */
	public static void main(String[] args) {
		BenchmarkApplication.run(IncumbentApplication.class, IncumbentApplication.class, args);
	}

}
