package io.github.secretsboot.follow.security;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.Followed;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.support.BasicAuthenticationInterceptor;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.client.RestTemplate;

/**
 * Authenticates each request with the client id and the secret in use, and waits for
 * others where the server refuses them.
 *
 * @param credentials the client id and the secret
 */
record RotatingAuthentication(Followed<Credentials> credentials) implements ClientHttpRequestInterceptor {

	private static final String FIELD = "restOperations";

	/**
	 * Find out how an introspector authenticates its requests, which it does not tell.
	 * @return its interceptors, or {@code null} if it was not made as it usually is
	 */
	static @Nullable List<ClientHttpRequestInterceptor> of(SpringOpaqueTokenIntrospector introspector) {
		Field field = ReflectionUtils.findField(SpringOpaqueTokenIntrospector.class, FIELD);
		if (field == null) {
			return null;
		}
		ReflectionUtils.makeAccessible(field);
		return (ReflectionUtils.getField(field, introspector) instanceof RestTemplate template)
				? template.getInterceptors() : null;
	}

	/**
	 * Put this in the place of the interceptor that has a fixed secret.
	 */
	void replaceIn(List<ClientHttpRequestInterceptor> interceptors) {
		interceptors
			.replaceAll((interceptor) -> (interceptor instanceof BasicAuthenticationInterceptor) ? this : interceptor);
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		return this.credentials.attempt((pair) -> {
			request.getHeaders().set(HttpHeaders.AUTHORIZATION, header(pair));
			ClientHttpResponse response = execution.execute(request, body);
			if (response.getStatusCode().isSameCodeAs(HttpStatus.UNAUTHORIZED)) {
				response.close();
				throw new RefusedClientException();
			}
			return response;
		});
	}

	private static String header(Credentials pair) {
		String id = encode(String.valueOf(pair.username()));
		return "Basic " + HttpHeaders.encodeBasicAuth(id, encode(pair.password()), StandardCharsets.UTF_8);
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
