package io.github.secretsboot.follow.r2dbc;

import io.github.secretsboot.follow.ConditionalOnFollower;
import io.github.secretsboot.follow.CredentialsFinder;
import io.github.secretsboot.follow.Followers;
import io.github.secretsboot.follow.Technology;
import io.r2dbc.spi.ConnectionFactory;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.r2dbc.ConnectionFactoryDecorator;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * {@link AutoConfiguration Auto-configuration} for R2DBC connection factories of Spring
 * Boot that follow the rotation of their credentials.
 */
@AutoConfiguration(afterName = "io.github.secretsboot.autoconfigure.SecretsFollowAutoConfiguration")
@ConditionalOnClass({ ConnectionFactory.class, ConnectionFactoryDecorator.class, Mono.class })
@ConditionalOnFollower(Technology.R2DBC)
public final class R2dbcFollowerAutoConfiguration {

	/**
	 * Before all others, since it creates what they decorate anew.
	 */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	ConnectionFactoryDecorator secretsConnectionFactoryDecorator(Followers secretsFollowers,
			CredentialsFinder secretsCredentialsFinder) {
		return new RotatingDecorator(secretsFollowers, secretsCredentialsFinder);
	}

}
