package io.github.secretsboot.follow.hikari;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import io.github.secretsboot.follow.BackgroundTasks;
import io.github.secretsboot.follow.ClientBeanPostProcessor;
import io.github.secretsboot.follow.ConditionalOnFollower;
import io.github.secretsboot.follow.CredentialsFinder;
import io.github.secretsboot.follow.Followers;
import io.github.secretsboot.follow.Technology;
import io.github.secretsboot.follow.jdbc.Pools;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

/**
 * {@link AutoConfiguration Auto-configuration} for HikariCP pools that follow the
 * rotation of their credentials. Backs off where HikariCP is absent, or older than 7.0
 * and thus unable to take a user name and a password at once.
 */
@AutoConfiguration(afterName = "io.github.secretsboot.autoconfigure.SecretsFollowAutoConfiguration")
@ConditionalOnClass({ HikariDataSource.class, Credentials.class })
@ConditionalOnFollower(Technology.HIKARI)
public final class HikariFollowerAutoConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static HikariPools secretsHikariPools(Followers secretsFollowers, CredentialsFinder secretsCredentialsFinder,
			BackgroundTasks secretsFollowTasks) {
		return new HikariPools(new Pools(secretsFollowers, secretsCredentialsFinder, secretsFollowTasks));
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ClientBeanPostProcessor<HikariConfig> secretsHikariPostProcessor(HikariPools secretsHikariPools) {
		return new ClientBeanPostProcessor<>(HikariConfig.class, secretsHikariPools::follow);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ClientBeanPostProcessor<DataSource> secretsHikariProxyPostProcessor(HikariPools secretsHikariPools) {
		return new ClientBeanPostProcessor<>(DataSource.class, secretsHikariPools::followPoolsOf);
	}

}
