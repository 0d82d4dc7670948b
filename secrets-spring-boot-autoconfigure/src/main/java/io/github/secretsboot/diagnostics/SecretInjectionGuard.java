package io.github.secretsboot.diagnostics;

import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.redact.InjectedSecrets;

import org.springframework.beans.TypeConverter;
import org.springframework.beans.factory.config.BeanExpressionResolver;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Keeps values of secrets out of the exceptions that injecting {@code @Value} throws, and
 * so out of every log that prints them, and out of a cache that would keep them after
 * they have been rotated away.
 */
public class SecretInjectionGuard implements BeanFactoryPostProcessor {

	private final SecretsPropertySource secrets;

	/**
	 * Create a guard.
	 * @param secrets holds the values to keep out
	 */
	public SecretInjectionGuard(SecretsPropertySource secrets) {
		this.secrets = secrets;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		DerivedValues derived = new DerivedValues();
		BeanExpressionResolver resolver = beanFactory.getBeanExpressionResolver();
		if (resolver != null) {
			beanFactory.setBeanExpressionResolver(new SecretExpressionResolver(resolver,
					beanFactory.getBeanClassLoader(), this.secrets.getSource(), derived));
		}
		TypeConverter converter = beanFactory.getTypeConverter();
		// A bean factory without a converter of its own makes a new one for each caller
		boolean custom = converter == beanFactory.getTypeConverter();
		beanFactory.setTypeConverter(
				new SecretTypeConverter(custom ? () -> converter : () -> SecretTypeConverter.standard(beanFactory),
						this.secrets.getSource(), new InjectedSecrets(beanFactory, this.secrets), derived));
	}

}
