package io.github.secretsboot.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import io.github.secretsboot.datasource.FollowedPoolsConfiguration;
import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.refresh.SecretsEngine;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Import;

/**
 * {@link AutoConfiguration Auto-configuration} for HikariCP pools that follow the
 * rotation of their credentials. Backs off where HikariCP is absent, or older than 7.0
 * and thus unable to take a user name and a password at once.
 */
@AutoConfiguration(after = SecretsAutoConfiguration.class)
@ConditionalOnClass({ HikariDataSource.class, Credentials.class })
@ConditionalOnBean({ SecretsEngine.class, SecretsPropertySource.class })
@ConditionalOnBooleanProperty(name = "secrets.datasource.enabled", matchIfMissing = true)
@Import(FollowedPoolsConfiguration.class)
public final class SecretsDataSourceAutoConfiguration {

}
