package io.github.secretsboot.benchmarks.ours;

import io.github.secretsboot.benchmarks.probe.BenchmarkApplication;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/**
 * The application with our starter.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
public class OursApplication {

	/**
	 * Start the application.
	 * @param args the command line
	 */
	public static void main(String[] args) {
		BenchmarkApplication.run(OursApplication.class, OurPasses.class, args);
	}

}
