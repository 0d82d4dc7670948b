package io.github.secretsboot.follow.r2dbc;

import io.github.secretsboot.follow.ConfiguredCredentials;
import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.CredentialsFinder;
import io.github.secretsboot.follow.CredentialsSource;
import io.github.secretsboot.follow.Followers;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.r2dbc.ConnectionFactoryDecorator;
import org.springframework.boot.r2dbc.OptionsCapableConnectionFactory;

/**
 * Has the connection factories follow that Spring Boot makes of options.
 */
final class RotatingDecorator implements ConnectionFactoryDecorator {

	private static final Log logger = LogFactory.getLog(RotatingDecorator.class);

	/** The bean that Spring Boot makes. */
	private static final String BEAN_NAME = "connectionFactory";

	private static final ConfiguredCredentials CONFIGURED = new ConfiguredCredentials("spring.r2dbc.url",
			"spring.r2dbc.username", "spring.r2dbc.password");

	private final Followers followers;

	private final CredentialsFinder finder;

	RotatingDecorator(Followers followers, CredentialsFinder finder) {
		this.followers = followers;
		this.finder = finder;
	}

	@Override
	public ConnectionFactory decorate(ConnectionFactory delegate) {
		OptionsCapableConnectionFactory configured = OptionsCapableConnectionFactory.unwrapFrom(delegate);
		Credentials credentials = (configured != null) ? credentials(configured.getOptions()) : null;
		if (configured == null || credentials == null) {
			return delegate;
		}
		return this.finder.find(BEAN_NAME, credentials, CONFIGURED)
			.map((source) -> decorate(delegate, configured, credentials, source))
			.orElse(delegate);
	}

	private static @Nullable Credentials credentials(ConnectionFactoryOptions options) {
		Object username = options.getValue(ConnectionFactoryOptions.USER);
		Object password = options.getValue(ConnectionFactoryOptions.PASSWORD);
		return (password != null)
				? new Credentials((username != null) ? username.toString() : null, password.toString()) : null;
	}

	private ConnectionFactory decorate(ConnectionFactory delegate, OptionsCapableConnectionFactory configured,
			Credentials credentials, CredentialsSource source) {
		if (delegate != configured) {
			logger.warn("'" + BEAN_NAME + "' does not follow its secret, since its URL has a pool: configure that with"
					+ " 'spring.r2dbc.pool'");
			return delegate;
		}
		R2dbcFollower follower = new R2dbcFollower(source, configured, credentials);
		return new RotatingConnectionFactory(follower, this.followers.follow(BEAN_NAME, follower));
	}

}
