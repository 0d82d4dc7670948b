package io.github.secretsboot.expression;

import io.github.secretsboot.env.SecretsPropertySource;

import org.springframework.beans.factory.config.BeanExpressionResolver;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.PlaceholderConfigurerSupport;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.support.ResourceEditorRegistrar;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.expression.StandardBeanExpressionResolver;

/**
 * Stands where an application context begins to resolve and to evaluate: before the first
 * condition, before the placeholders of bean definitions, and right after these.
 */
final class ExpressionGuard implements BeanDefinitionRegistryPostProcessor {

	private static final String LAST_STEP = ExpressionGuard.class.getName() + ".lastStep";

	private final ConfigurableApplicationContext context;

	private final SecretsPropertySource secrets;

	private final ConfigurableListableBeanFactory beanFactory;

	private final SecretSearch search;

	private final EmbeddedTexts embedded;

	private final DefinitionTexts definitions;

	private final DerivedValues derived = new DerivedValues();

	ExpressionGuard(ConfigurableApplicationContext context, SecretsPropertySource secrets) {
		Marking marking = new Marking(secrets, context.getEnvironment());
		this.context = context;
		this.secrets = secrets;
		this.beanFactory = context.getBeanFactory();
		this.search = new SecretSearch(secrets, marking);
		this.embedded = new EmbeddedTexts(marking, this.beanFactory);
		this.definitions = new DefinitionTexts(marking, this.search, this.beanFactory);
	}

	/**
	 * Before any condition is evaluated, and any bean is made that could keep what
	 * evaluates now.
	 */
	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		guardExpressions(true);
		this.beanFactory.registerSingleton(DerivedValues.class.getName(), this.derived);
		this.beanFactory.addBeanPostProcessor(new EmbeddedValueResolverPostProcessor(this.beanFactory));
		this.beanFactory.addPropertyEditorRegistrar(new ResourceEditorRegistrar(this.context,
				new LocationResolver(this.context.getEnvironment(), this.search)));
	}

	/**
	 * All bean definitions are there, and their placeholders have not been resolved.
	 */
	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		int resolvers = beanFactory.getBeanNamesForType(PlaceholderConfigurerSupport.class, true, false).length;
		this.definitions.begin(resolvers > 0);
		if (resolvers > 0 && !beanFactory.hasEmbeddedValueResolver()) {
			this.embedded.begin(resolvers);
		}
		BeanFactoryPostProcessor lastStep = (factory) -> placeholdersAreResolved();
		beanFactory.registerSingleton(LAST_STEP, lastStep);
	}

	private void placeholdersAreResolved() {
		this.definitions.end();
		if (!this.beanFactory.hasEmbeddedValueResolver()) {
			// What the context does later if it finds none
			this.embedded.begin(1);
			this.beanFactory.addEmbeddedValueResolver(this.context.getEnvironment()::resolvePlaceholders);
		}
		this.embedded.end();
		if (!(this.beanFactory.getBeanExpressionResolver() instanceof SecretExpressionResolver)) {
			guardExpressions(false);
			this.embedded.rememberAll();
		}
		this.secrets.handOutAll();
	}

	private void guardExpressions(boolean springsOwn) {
		BeanExpressionResolver resolver = this.beanFactory.getBeanExpressionResolver();
		if (resolver != null) {
			boolean standard = springsOwn && resolver.getClass() == StandardBeanExpressionResolver.class;
			this.beanFactory.setBeanExpressionResolver(new SecretExpressionResolver(resolver, standard,
					new TextOrigins(this.embedded, this.definitions, this.search), this.secrets, this.derived));
		}
	}

}
