package io.github.secretsboot.fetch.aws;

import java.util.HashMap;
import java.util.Map;

import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.awspring.cloud.autoconfigure.config.secretsmanager.SecretsManagerClientCustomizer;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.github.secretsboot.fetch.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import org.springframework.boot.bootstrap.BootstrapContext;
import org.springframework.core.env.Environment;

/**
 * Builds the {@link SecretsManagerClient} of an application, when it is first needed, the
 * way Spring Cloud AWS would: region, credentials and endpoint from
 * {@code spring.cloud.aws.*}, and whatever the application registered with a
 * {@link org.springframework.boot.bootstrap.BootstrapRegistryInitializer}: a client, a
 * region or credentials provider, {@link AwsConnectionDetails},
 * {@link AwsSyncClientCustomizer} or {@link SecretsManagerClientCustomizer}. Customizers
 * are applied last and win. Safe for use by many threads.
 * <p>
 * Each further region or role that a source names has a client of its own, built from the
 * same configuration and customizers, with the region and the role's credentials in place
 * of the application's. Where an endpoint is configured it serves all regions, and
 * {@code spring.cloud.aws.endpoint} also STS.
 *
 * @see <a href=
 * "https://docs.awspring.io/spring-cloud-aws/docs/4.0.0/reference/html/index.html">Spring
 * Cloud AWS reference</a>
 */
public final class SecretsManagerClientSource implements AutoCloseable {

	private final AwsSettings settings;

	private final ClientFactory factory;

	private final Map<Location, SecretsManagerClient> clients = new HashMap<>();

	private volatile @Nullable SecretsManagerClient client;

	private boolean closed;

	/**
	 * Create a source.
	 * @param environment holds {@code spring.cloud.aws.*}
	 * @param bootstrapContext holds what the application registered
	 */
	public SecretsManagerClientSource(Environment environment, BootstrapContext bootstrapContext) {
		this.settings = new AwsSettings(environment, bootstrapContext);
		this.factory = new ClientFactory(this.settings);
	}

	/**
	 * Read {@code spring.cloud.aws.*} from the environment, if that has not been done. To
	 * be called before a secret is in the environment, since these properties decide whom
	 * secrets are read from and as whom. They are never read again.
	 */
	public void bindSettings() {
		this.settings.bind();
	}

	/**
	 * What clients are built from.
	 * @return the settings
	 */
	public AwsSettings settings() {
		return this.settings;
	}

	/**
	 * The client of the application's own region and identity, built if this is the first
	 * call.
	 * @return the client
	 */
	public SecretsManagerClient getClient() {
		SecretsManagerClient current = this.client;
		return (current != null) ? current : getClient(Location.DEFAULT);
	}

	/**
	 * The client of a location, built if this is the first call for it.
	 */
	synchronized SecretsManagerClient getClient(Location location) {
		if (this.closed) {
			throw new IllegalStateException("The Secrets Manager client is closed");
		}
		SecretsManagerClient current = this.clients.get(location);
		if (current == null) {
			current = this.factory.create(location);
			this.clients.put(location, current);
			if (location.equals(Location.DEFAULT)) {
				this.client = current;
			}
		}
		return current;
	}

	/**
	 * Calls with the SDK's client.
	 * @param location where, and as whom
	 * @return the calls
	 */
	public SecretsManagerCalls calls(Location location) {
		return new SdkCalls(getClient(location));
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		this.clients.values().forEach(SecretsManagerClient::close);
		this.factory.close();
		this.settings.close();
	}

}
