package io.github.secretsboot.follow.tomcatjdbc;

import io.github.secretsboot.follow.BackgroundTasks;
import io.github.secretsboot.follow.ClientBeanPostProcessor;
import io.github.secretsboot.follow.ConditionalOnFollower;
import io.github.secretsboot.follow.CredentialsFinder;
import io.github.secretsboot.follow.Followers;
import io.github.secretsboot.follow.Technology;
import io.github.secretsboot.follow.jdbc.Pools;
import org.apache.tomcat.jdbc.pool.DataSource;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/**
 * {@link AutoConfiguration Auto-configuration} for pools of Tomcat JDBC that follow the
 * rotation of their credentials.
 */
@AutoConfiguration(afterName = "io.github.secretsboot.autoconfigure.SecretsFollowAutoConfiguration")
@ConditionalOnClass({ DataSource.class, SimpleDriverDataSource.class })
@ConditionalOnFollower(Technology.TOMCAT_JDBC)
public final class TomcatJdbcFollowerAutoConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ClientBeanPostProcessor<javax.sql.DataSource> secretsTomcatJdbcPostProcessor(Followers secretsFollowers,
			CredentialsFinder secretsCredentialsFinder, BackgroundTasks secretsFollowTasks) {
		Pools pools = new Pools(secretsFollowers, secretsCredentialsFinder, secretsFollowTasks);
		return pools.postProcessor(DataSource.class, (pool) -> new TomcatJdbcPool(pool, secretsFollowTasks));
	}

}
