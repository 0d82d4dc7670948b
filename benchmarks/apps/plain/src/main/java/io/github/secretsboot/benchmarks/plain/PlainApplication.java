package io.github.secretsboot.benchmarks.plain;

import io.github.secretsboot.benchmarks.probe.BenchmarkApplication;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/**
 * An application without secrets, which the others are compared with.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
public class PlainApplication {

	/**
	 * Start the application.
	 * @param args the command line
	 */
	public static void main(String[] args) {
		BenchmarkApplication.run(PlainApplication.class, PlainApplication.class, args);
	}

}
