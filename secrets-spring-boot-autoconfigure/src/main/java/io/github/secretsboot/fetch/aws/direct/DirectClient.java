package io.github.secretsboot.fetch.aws.direct;

import io.github.secretsboot.fetch.Location;
import io.github.secretsboot.fetch.aws.SecretsManagerCalls;
import io.github.secretsboot.fetch.aws.SecretsManagerClientSource;
import io.github.secretsboot.fetch.aws.SecretsManagerReader;

/**
 * The way into this package.
 */
public final class DirectClient {

	private DirectClient() {
	}

	/**
	 * Create a reader that leaves the SDK's client out where nothing asks for it.
	 * @param clients where region, credentials and, if need be, the client come from;
	 * closed with the reader
	 * @return the reader
	 */
	public static SecretsManagerReader reader(SecretsManagerClientSource clients) {
		DirectRules rules = new DirectRules(clients.settings(), System.getenv());
		return new SecretsManagerReader(clients, (location) -> calls(location, rules, clients));
	}

	private static SecretsManagerCalls calls(Location location, DirectRules rules, SecretsManagerClientSource clients) {
		JsonEndpoint endpoint = rules.endpoint(location);
		return (endpoint != null) ? new DirectCalls(endpoint, () -> clients.calls(location)) : clients.calls(location);
	}

}
