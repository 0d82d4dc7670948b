package io.github.secretsboot.actuate;

import java.util.function.Supplier;

import io.github.secretsboot.RefreshLimitException;
import io.github.secretsboot.actuate.SecretsEndpoint.RefreshDescriptor;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * {@link EndpointWebExtension @EndpointWebExtension} that answers over HTTP with a status
 * where there is no such secret, or too many refreshes have been asked for.
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
	 * Check all secrets now.
	 * @return what changed and what failed, or status 429 if that has been asked for too
	 * often
	 */
	@WriteOperation
	public WebEndpointResponse<OperationResponseBody> refreshSecrets() {
		return respond(this.endpoint::refreshSecrets);
	}

	/**
	 * Check one secret now.
	 * @param name the segments of its name
	 * @return what changed and what failed, or status 404 if there is no such secret, or
	 * status 429 if that has been asked for too often
	 */
	@WriteOperation
	public WebEndpointResponse<OperationResponseBody> refreshSecret(
			@Selector(match = Match.ALL_REMAINING) String... name) {
		try {
			return respond(() -> this.endpoint.refreshSecret(name));
		}
		catch (IllegalArgumentException ex) {
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		}
	}

	private static WebEndpointResponse<OperationResponseBody> respond(Supplier<RefreshDescriptor> refresh) {
		try {
			return new WebEndpointResponse<>(refresh.get());
		}
		catch (RefreshLimitException ex) {
			return new WebEndpointResponse<>(LimitDescriptor.of(ex), WebEndpointResponse.STATUS_TOO_MANY_REQUESTS);
		}
	}

	/**
	 * Description of a refresh that would have been one too many.
	 *
	 * @param error what to know and to do
	 * @param retryAfter after how many seconds the same refresh is possible; Actuator has
	 * no way to set the header of that name
	 */
	public record LimitDescriptor(String error, long retryAfter) implements OperationResponseBody {

		static LimitDescriptor of(RefreshLimitException ex) {
			return new LimitDescriptor(String.valueOf(ex.getMessage()), ex.getRetryAfter().toSeconds());
		}

	}

}
