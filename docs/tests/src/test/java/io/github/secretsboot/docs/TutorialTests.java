package io.github.secretsboot.docs;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Builds the tutorial's application from what the page shows, runs it against the Secrets
 * Manager inside this JVM and rotates its key.
 */
class TutorialTests {

	private static final Page TUTORIAL = Pages.page("docs/tutorial.md");

	@Test
	void whenTutorialIsFollowedThenKeyRotates(@TempDir Path project) throws Exception {
		assertThat(new JavaSnippets().compile(TUTORIAL.blockAfter("Application.java").text(), project)).isEmpty();
		Files.writeString(project.resolve("application.yml"), TUTORIAL.blockAfter("application.yml").text());
		try (SecretsManagerServer server = SecretsManagerServer.start();
				URLClassLoader classes = new URLClassLoader(new URL[] { project.toUri().toURL() },
						getClass().getClassLoader())) {
			server.create("myapp/tutorial/api-keys", "{\"STRIPE_SECRET_KEY\": \"canary-0001\"}");
			SpringApplication application = new SpringApplication(new DefaultResourceLoader(classes),
					classes.loadClass("demo.Application"), OpenApplication.class);
			try (ConfigurableApplicationContext context = application.run(server.arguments("--server.port=0"))) {
				String url = "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
				assertThat(answer(HttpMethod.GET, url)).contains("0001");
				server.rotate("myapp/tutorial/api-keys", "{\"STRIPE_SECRET_KEY\": \"canary-0002\"}");
				assertThat(answer(HttpMethod.POST, url + "/actuator/secrets")).contains("STRIPE_SECRET_KEY");
				assertThat(answer(HttpMethod.GET, url)).contains("0002");
			}
		}
	}

	private static String answer(HttpMethod method, String url) {
		return RestTestClient.bindToServer()
			.build()
			.method(method)
			.uri(url)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

}
