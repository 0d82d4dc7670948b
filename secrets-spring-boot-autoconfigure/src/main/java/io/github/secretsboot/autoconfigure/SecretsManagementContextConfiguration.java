package io.github.secretsboot.autoconfigure;

import io.github.secretsboot.refresh.SecretsEngine;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;

/**
 * Keeps secrets current in the context that serves management on a port of its own.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnBean(SecretsEngine.class)
@ImportAutoConfiguration(SecretsAutoConfiguration.class)
class SecretsManagementContextConfiguration {

}
