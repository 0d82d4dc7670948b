package io.github.secretsboot.expression;

import io.github.secretsboot.env.SecretsPropertySource;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;

/**
 * Has each application context guarded that has secrets, of its own or of its parent.
 */
class SecretExpressionInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		context.addBeanFactoryPostProcessor(new Guard(context));
	}

	/**
	 * Looks for the secrets when they are there, which is after the context has been
	 * initialized.
	 */
	private static final class Guard implements BeanDefinitionRegistryPostProcessor {

		private final ConfigurableApplicationContext context;

		private @Nullable ExpressionGuard guard;

		Guard(ConfigurableApplicationContext context) {
			this.context = context;
		}

		@Override
		public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
			ConfigurableListableBeanFactory beanFactory = this.context.getBeanFactory();
			String[] names = BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beanFactory,
					SecretsPropertySource.class, true, false);
			if (names.length > 0) {
				this.guard = new ExpressionGuard(this.context,
						beanFactory.getBean(names[0], SecretsPropertySource.class));
				this.guard.postProcessBeanDefinitionRegistry(registry);
			}
		}

		@Override
		public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
			if (this.guard != null) {
				this.guard.postProcessBeanFactory(beanFactory);
			}
		}

	}

}
