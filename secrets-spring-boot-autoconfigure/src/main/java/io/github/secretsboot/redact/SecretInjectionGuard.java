package io.github.secretsboot.redact;

import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.expression.DerivedValues;

import org.springframework.beans.TypeConverter;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Keeps values of secrets out of the exceptions that injecting {@code @Value} throws, and
 * so out of every log that prints them.
 */
public class SecretInjectionGuard implements BeanFactoryPostProcessor {

	private final SecretsPropertySource secrets;

	private final DerivedValues derived;

	/**
	 * Create a guard.
	 * @param secrets holds the values to keep out
	 * @param derived knows what expressions have made of them
	 */
	public SecretInjectionGuard(SecretsPropertySource secrets, DerivedValues derived) {
		this.secrets = secrets;
		this.derived = derived;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		TypeConverter converter = beanFactory.getTypeConverter();
		// A bean factory without a converter of its own makes a new one for each caller
		boolean custom = converter == beanFactory.getTypeConverter();
		beanFactory.setTypeConverter(
				new SecretTypeConverter(custom ? () -> converter : () -> SecretTypeConverter.standard(beanFactory),
						this.secrets.getSource(), new InjectedSecrets(beanFactory, this.secrets), this.derived));
	}

}
