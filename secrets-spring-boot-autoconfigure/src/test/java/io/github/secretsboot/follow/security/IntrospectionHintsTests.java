package io.github.secretsboot.follow.security;

import io.github.secretsboot.follow.security.SecurityFollowerAutoConfiguration.IntrospectionHints;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the hints of {@link SecurityFollowerAutoConfiguration}.
 */
class IntrospectionHintsTests {

	@Test
	void whenApplicationIsNativeThenTheFieldOfTheIntrospectorCanBeRead() {
		RuntimeHints hints = new RuntimeHints();
		new IntrospectionHints().registerHints(hints, getClass().getClassLoader());
		assertThat(RuntimeHintsPredicates.reflection()
			.onFieldAccess(SpringOpaqueTokenIntrospector.class, "restOperations")).accepts(hints);
	}

	@Test
	void whenIntrospectorIsMadeByItsBuilderThenItsInterceptorsAreFound() {
		SpringOpaqueTokenIntrospector introspector = SpringOpaqueTokenIntrospector.withIntrospectionUri("http://server")
			.clientId("app")
			.clientSecret("canary-secret")
			.build();
		assertThat(RotatingAuthentication.of(introspector)).hasSize(1);
	}

}
