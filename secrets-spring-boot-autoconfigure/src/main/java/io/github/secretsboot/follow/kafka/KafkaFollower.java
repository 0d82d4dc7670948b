package io.github.secretsboot.follow.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.CredentialsSource;
import io.github.secretsboot.follow.Failures;
import io.github.secretsboot.follow.Follower;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * Knows the credentials of clients that are made of a configuration. They ask for them
 * whenever they authenticate; the broker lets open connections live.
 *
 * @param config the configuration
 * @param source where the credentials come from
 * @param isTrial whether this one tries new versions, and not another one with the same
 * credentials
 */
record KafkaFollower(Map<String, Object> config, CredentialsSource source,
		boolean isTrial) implements Follower<Credentials> {

	private static final int TIMEOUT = (int) Duration.ofSeconds(5).toMillis();

	/** The configuration has the credentials. */
	@Override
	public String toString() {
		return "KafkaFollower";
	}

	@Override
	public @Nullable Credentials read(Environment environment) {
		return this.source.read(environment);
	}

	@Override
	public void tryOut(Credentials candidate) throws InterruptedException, ExecutionException {
		if (this.isTrial) {
			Map<String, Object> trial = new HashMap<>(this.config);
			trial.keySet().retainAll(AdminClientConfig.configNames());
			trial.put(SaslConfigs.SASL_JAAS_CONFIG, jaas(candidate));
			trial.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT);
			trial.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT);
			trial.remove(SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS);
			trial.remove(AdminClientConfig.METRIC_REPORTER_CLASSES_CONFIG);
			try (Admin admin = Admin.create(trial)) {
				admin.describeCluster().nodes().get();
			}
		}
	}

	private String jaas(Credentials credentials) {
		Class<?> module = "PLAIN".equals(this.config.get(SaslConfigs.SASL_MECHANISM)) ? PlainLoginModule.class
				: ScramLoginModule.class;
		return module.getName() + " required username=" + quote(String.valueOf(credentials.username())) + " password="
				+ quote(credentials.password()) + ";";
	}

	private static String quote(String text) {
		return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}

	@Override
	public boolean isRefused(Exception failure) {
		return Failures.hasCause(failure, SaslAuthenticationException.class);
	}

}
