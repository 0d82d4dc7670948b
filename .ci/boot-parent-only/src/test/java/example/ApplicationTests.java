package example;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.test.SecretsManagerServer;
import io.github.secretsboot.test.spring.Secret;
import io.github.secretsboot.test.spring.WithSecretsManager;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(properties = "secrets.sources=myapp/{env}/api-keys")
@WithSecretsManager(secrets = @Secret(name = "myapp/default/api-keys", value = "{\"STRIPE_SECRET_KEY\": \"fake-1\"}"))
class ApplicationTests {

	@Test
	void followsRotation(@Autowired Application application, @Autowired Secrets secrets,
			@Autowired SecretsManagerServer server) {
		assertThat(application.stripeKey).isEqualTo("fake-1");
		server.rotate("myapp/default/api-keys", "{\"STRIPE_SECRET_KEY\": \"fake-2\"}");
		secrets.refresh();
		assertThat(application.stripeKey).isEqualTo("fake-2");
	}

}
