package io.github.secretsboot.follow.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;

import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.Followed;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.authenticator.SaslClientCallbackHandler;
import org.jspecify.annotations.Nullable;

/**
 * Tells a client of Kafka the credentials in use whenever it authenticates. The client
 * makes one for itself, on whose network thread it is asked: PLAIN wants user name and
 * password at once, SCRAM the password a little later.
 */
public final class RotatingCallbackHandler implements AuthenticateCallbackHandler {

	/** The entry of the client's configuration that has the credentials. */
	static final String CREDENTIALS = "secrets.follow.credentials";

	private final SaslClientCallbackHandler others = new SaslClientCallbackHandler();

	private @Nullable Followed<Credentials> followed;

	private @Nullable Credentials named;

	@Override
	@SuppressWarnings("unchecked")
	public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
		this.followed = (Followed<Credentials>) configs.get(CREDENTIALS);
		this.others.configure(configs, mechanism, entries);
	}

	@Override
	public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
		List<Callback> rest = new ArrayList<>();
		for (Callback callback : callbacks) {
			if (callback instanceof NameCallback name) {
				Credentials current = credentials();
				this.named = current;
				name.setName(current.username());
			}
			else if (callback instanceof PasswordCallback password) {
				password.setPassword(ofNamedUser().password().toCharArray());
				this.named = null;
			}
			else {
				rest.add(callback);
			}
		}
		if (!rest.isEmpty()) {
			this.others.handle(rest.toArray(Callback[]::new));
		}
	}

	private Credentials credentials() {
		return Objects.requireNonNull(this.followed, "The client has no credentials").get();
	}

	/** The newest password of the user that was named, who may be another one by now. */
	private Credentials ofNamedUser() {
		Credentials current = credentials();
		Credentials named = this.named;
		return (named != null && !Objects.equals(named.username(), current.username())) ? named : current;
	}

	@Override
	public void close() {
		this.others.close();
	}

}
