package io.github.secretsboot.example;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An application whose webhooks are signed with a key from a secret.
 */
@SpringBootApplication
public class WebhookApplication {

	/**
	 * Run the application.
	 * @param args command line arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(WebhookApplication.class, args);
	}

}
