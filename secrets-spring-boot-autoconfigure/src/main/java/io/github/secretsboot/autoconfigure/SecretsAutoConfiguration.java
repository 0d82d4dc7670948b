package io.github.secretsboot.autoconfigure;

import io.github.secretsboot.diagnostics.SecretBindHandlerAdvisor;
import io.github.secretsboot.env.BinaryConverters;
import io.github.secretsboot.refresh.SecretsEngine;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.context.annotation.Bean;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.io.Resource;

/**
 * {@link AutoConfiguration Auto-configuration} around the engine that loaded the secrets
 * into the environment. Backs off where there is none, which is where
 * {@code secrets.enabled} is {@code false}.
 */
@AutoConfiguration
@ConditionalOnBean(SecretsEngine.class)
public final class SecretsAutoConfiguration {

	@Bean
	static SecretBindHandlerAdvisor secretBindHandlerAdvisor(SecretsEngine secretsEngine) {
		return new SecretBindHandlerAdvisor(secretsEngine);
	}

	@Bean
	@ConfigurationPropertiesBinding
	static Converter<byte[], String> binarySecretToTextConverter() {
		return new Converter<>() {

			@Override
			public String convert(byte[] bytes) {
				return BinaryConverters.toText(bytes);
			}

		};
	}

	@Bean
	@ConfigurationPropertiesBinding
	static Converter<byte[], Resource> binarySecretToResourceConverter() {
		return new Converter<>() {

			@Override
			public Resource convert(byte[] bytes) {
				return BinaryConverters.toResource(bytes);
			}

		};
	}

	@Bean
	DisposableBean secretsEngineCloser(SecretsEngine secretsEngine) {
		return secretsEngine::close;
	}

}
