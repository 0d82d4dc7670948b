package io.github.secretsboot.follow.security;

import io.github.secretsboot.consumers.SecretConsumer.Connections;
import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.Failures;
import io.github.secretsboot.follow.Follower;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;
import org.springframework.web.client.HttpClientErrorException;

/**
 * Knows the client id and the secret with which opaque tokens are introspected. New ones
 * are tried with a token that does not exist.
 *
 * @param uri where tokens are introspected
 */
record IntrospectionFollower(String uri) implements Follower<Credentials> {

	static final String PREFIX = "spring.security.oauth2.resourceserver.opaquetoken.";

	@Override
	public @Nullable Credentials read(Environment environment) {
		String id = environment.getProperty(PREFIX + "client-id");
		String secret = environment.getProperty(PREFIX + "client-secret");
		return (id != null && secret != null) ? new Credentials(id, secret) : null;
	}

	@Override
	public void tryOut(Credentials candidate) {
		SpringOpaqueTokenIntrospector.withIntrospectionUri(this.uri)
			.clientId(String.valueOf(candidate.username()))
			.clientSecret(candidate.password())
			.build()
			.introspect("secrets-spring-boot");
	}

	@Override
	public boolean isRefused(Exception failure) {
		return failure instanceof RefusedClientException
				|| Failures.hasCause(failure, HttpClientErrorException.Unauthorized.class);
	}

	@Override
	public Connections connections() {
		return Connections.NONE;
	}

}
