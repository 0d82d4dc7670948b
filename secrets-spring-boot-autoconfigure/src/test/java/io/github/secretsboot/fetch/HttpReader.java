package io.github.secretsboot.fetch;

import java.util.HashMap;
import java.util.Map;

import io.github.secretsboot.fetch.aws.SecretsManagerClientSource;
import io.github.secretsboot.fetch.aws.SecretsManagerReader;
import io.github.secretsboot.fetch.aws.direct.DirectClient;

import org.springframework.boot.bootstrap.BootstrapContext;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Readers that talk HTTP.
 */
public final class HttpReader {

	private HttpReader() {
	}

	/**
	 * Create a reader for an endpoint.
	 * @param endpoint the endpoint
	 * @param client {@code direct} or {@code sdk}
	 * @return the reader, to be closed
	 */
	public static SecretsManagerReader create(String endpoint, String client) {
		Map<String, String> properties = new HashMap<>(properties(endpoint));
		properties.put("secrets.fetch.client", client);
		return create(properties, new DefaultBootstrapContext());
	}

	/**
	 * Create a reader.
	 * @param properties of Spring Cloud AWS
	 * @param bootstrapContext holds what an application may have registered
	 * @return the reader, to be closed
	 */
	public static SecretsManagerReader create(Map<String, String> properties, BootstrapContext bootstrapContext) {
		SecretsManagerClientSource clients = clients(properties, bootstrapContext);
		return "sdk".equals(properties.get("secrets.fetch.client")) ? new SecretsManagerReader(clients)
				: DirectClient.reader(clients);
	}

	/**
	 * Create a source of clients.
	 * @param properties of Spring Cloud AWS
	 * @param bootstrapContext holds what an application may have registered
	 * @return the source, to be closed
	 */
	public static SecretsManagerClientSource clients(Map<String, String> properties,
			BootstrapContext bootstrapContext) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", Map.copyOf(properties)));
		return new SecretsManagerClientSource(environment, bootstrapContext);
	}

	/**
	 * The properties of Spring Cloud AWS for an endpoint.
	 * @param endpoint the endpoint
	 * @return the properties
	 */
	public static Map<String, String> properties(String endpoint) {
		return Map.of("spring.cloud.aws.endpoint", endpoint, "spring.cloud.aws.region.static", "us-east-1",
				"spring.cloud.aws.credentials.access-key", "fake", "spring.cloud.aws.credentials.secret-key", "fake");
	}

}
