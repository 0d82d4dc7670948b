package io.github.secretsboot.follow.r2dbc;

import java.time.Duration;

import io.github.secretsboot.consumers.SecretConsumer.Connections;
import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.CredentialsSource;
import io.github.secretsboot.follow.Failures;
import io.github.secretsboot.follow.Follower;
import io.github.secretsboot.follow.jdbc.RefusedLogin;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.R2dbcException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.r2dbc.OptionsCapableConnectionFactory;
import org.springframework.core.env.Environment;

/**
 * Makes the driver's connection factory anew when credentials have changed, since a
 * driver reads them once. Keeps the current one only.
 */
final class R2dbcFollower implements Follower<Credentials> {

	private static final Duration TRIAL = Duration.ofSeconds(5);

	private final CredentialsSource source;

	/** All options, with credentials that are none. */
	private final ConnectionFactoryOptions options;

	private volatile Made made;

	R2dbcFollower(CredentialsSource source, OptionsCapableConnectionFactory configured, Credentials credentials) {
		this.source = source;
		this.options = with(configured.getOptions(), new Credentials("", ""));
		this.made = new Made(credentials, configured);
	}

	/**
	 * The connection factory for certain credentials.
	 */
	ConnectionFactory factory(Credentials credentials) {
		Made made = this.made;
		if (!made.credentials().equals(credentials)) {
			ConnectionFactoryOptions options = with(this.options, credentials);
			made = new Made(credentials,
					new OptionsCapableConnectionFactory(options, ConnectionFactories.get(options)));
			this.made = made;
		}
		return made.factory();
	}

	private static ConnectionFactoryOptions with(ConnectionFactoryOptions options, Credentials credentials) {
		ConnectionFactoryOptions.Builder builder = options.mutate()
			.option(ConnectionFactoryOptions.PASSWORD, credentials.password());
		if (credentials.username() != null) {
			builder.option(ConnectionFactoryOptions.USER, credentials.username());
		}
		return builder.build();
	}

	@Override
	public @Nullable Credentials read(Environment environment) {
		return this.source.read(environment);
	}

	@Override
	public void apply(Credentials credentials) {
		factory(credentials);
	}

	@Override
	public void tryOut(Credentials candidate) {
		Mono.from(ConnectionFactories.get(with(this.options, candidate)).create())
			.flatMap((connection) -> Mono.from(connection.close()))
			.block(TRIAL);
	}

	@Override
	public boolean isRefused(Exception failure) {
		R2dbcException cause = Failures.find(failure, R2dbcException.class);
		return cause != null && RefusedLogin.is(cause.getSqlState(), cause.getErrorCode());
	}

	@Override
	public Connections connections() {
		return Connections.KEPT;
	}

	private record Made(Credentials credentials, ConnectionFactory factory) {
	}

}
