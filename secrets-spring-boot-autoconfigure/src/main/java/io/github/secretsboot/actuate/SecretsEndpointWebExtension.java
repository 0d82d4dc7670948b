package io.github.secretsboot.actuate;

import io.github.secretsboot.actuate.SecretsEndpoint.RefreshDescriptor;

import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * {@link EndpointWebExtension @EndpointWebExtension} that answers "not found" over HTTP
 * where there is no such secret.
 */
@EndpointWebExtension(endpoint = SecretsEndpoint.class)
public class SecretsEndpointWebExtension {

	private final SecretsEndpoint endpoint;

	/**
	 * Create an extension.
	 * @param endpoint the endpoint
	 */
	public SecretsEndpointWebExtension(SecretsEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Check one secret now.
	 * @param name the segments of its name
	 * @return what changed and what failed, or status 404 if there is no such secret
	 */
	@WriteOperation
	public WebEndpointResponse<RefreshDescriptor> refreshSecret(@Selector(match = Match.ALL_REMAINING) String... name) {
		try {
			return new WebEndpointResponse<>(this.endpoint.refreshSecret(name));
		}
		catch (IllegalArgumentException ex) {
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		}
	}

}
