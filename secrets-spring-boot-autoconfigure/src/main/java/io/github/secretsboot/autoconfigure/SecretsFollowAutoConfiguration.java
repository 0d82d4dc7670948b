package io.github.secretsboot.autoconfigure;

import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.follow.FollowConfiguration;
import io.github.secretsboot.refresh.SecretsEngine;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Import;

/**
 * {@link AutoConfiguration Auto-configuration} for clients that follow the rotation of
 * their credentials. Each technology has one of its own.
 */
@AutoConfiguration(after = SecretsAutoConfiguration.class)
@ConditionalOnBean({ SecretsEngine.class, SecretsPropertySource.class })
@ConditionalOnBooleanProperty(name = "secrets.follow.enabled", matchIfMissing = true)
@Import(FollowConfiguration.class)
public final class SecretsFollowAutoConfiguration {

}
