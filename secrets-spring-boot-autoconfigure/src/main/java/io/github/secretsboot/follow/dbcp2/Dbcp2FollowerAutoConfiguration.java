package io.github.secretsboot.follow.dbcp2;

import javax.sql.DataSource;

import io.github.secretsboot.follow.BackgroundTasks;
import io.github.secretsboot.follow.ClientBeanPostProcessor;
import io.github.secretsboot.follow.ConditionalOnFollower;
import io.github.secretsboot.follow.CredentialsFinder;
import io.github.secretsboot.follow.Followers;
import io.github.secretsboot.follow.Technology;
import io.github.secretsboot.follow.jdbc.Pools;
import org.apache.commons.dbcp2.BasicDataSource;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/**
 * {@link AutoConfiguration Auto-configuration} for pools of Apache Commons DBCP 2 that
 * follow the rotation of their credentials.
 */
@AutoConfiguration(afterName = "io.github.secretsboot.autoconfigure.SecretsFollowAutoConfiguration")
@ConditionalOnClass({ BasicDataSource.class, SimpleDriverDataSource.class })
@ConditionalOnFollower(Technology.DBCP2)
public final class Dbcp2FollowerAutoConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ClientBeanPostProcessor<DataSource> secretsDbcp2PostProcessor(Followers secretsFollowers,
			CredentialsFinder secretsCredentialsFinder, BackgroundTasks secretsFollowTasks) {
		Pools pools = new Pools(secretsFollowers, secretsCredentialsFinder, secretsFollowTasks);
		return pools.postProcessor(BasicDataSource.class, (pool) -> new Dbcp2Pool(pool, secretsFollowTasks));
	}

}
