package io.github.secretsboot.holders;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests from which beans a search begins.
 */
class BeanRootsTests {

	private static final String VALUE = "canary-who-holds-me-1";

	private final ApplicationContextRunner runner = new ApplicationContextRunner();

	@Test
	void whenBeanIsSingletonThenItIsFoundByItsName() {
		this.runner.withBean("client", Client.class)
			.run((context) -> assertThat(places(context)).containsExactly("client.key"));
	}

	@Test
	void whenBeanIsInParentThenItIsFound() {
		this.runner.withBean("client", Client.class)
			.run((parent) -> this.runner.withParent(parent)
				.run((context) -> assertThat(places(context)).containsExactly("client.key")));
	}

	@Test
	void whenBeanIsMadeByFactoryBeanThenItIsFoundByItsName() {
		this.runner.withBean("client", ClientFactory.class).run((context) -> {
			assertThat(places(context)).isEmpty();
			context.getBean("client");
			assertThat(places(context)).containsExactly("client.key");
		});
	}

	@Test
	void whenBeanDoesNotExistYetThenItIsNotCreated() {
		this.runner.withUserConfiguration(NotYet.class).run((context) -> {
			assertThat(places(context)).isEmpty();
			context.getBean("lazyClient");
			context.getBean("prototypeClient");
			assertThat(places(context)).containsExactly("lazyClient.key");
		});
	}

	@Test
	void whenEverythingIsLazyThenNothingIsCreated() {
		this.runner
			.withInitializer((context) -> context
				.addBeanFactoryPostProcessor(new org.springframework.boot.LazyInitializationBeanFactoryPostProcessor()))
			.withBean("client", Client.class)
			.run((context) -> {
				assertThat(places(context)).isEmpty();
				assertThat(context.getBeanFactory().containsSingleton("client")).isFalse();
			});
	}

	@Test
	void whenBeanIsInRefreshScopeThenItsTargetIsFoundByItsName() {
		this.runner.withConfiguration(AutoConfigurations.of(RefreshAutoConfiguration.class))
			.withUserConfiguration(Refreshable.class)
			.run((context) -> {
				context.getBean("client", Client.class).use();
				assertThat(places(context)).containsExactly("client.key");
				context.getBean(org.springframework.cloud.context.scope.refresh.RefreshScope.class).refreshAll();
				assertThat(places(context)).isEmpty();
			});
	}

	@Test
	void whenScopedProxyHasNoTargetThenNoneIsCreated() {
		this.runner
			.withInitializer((context) -> context.getBeanFactory().registerScope("thread", new SimpleThreadScope()))
			.withUserConfiguration(PerThread.class)
			.run((context) -> {
				assertThat(context.getBeanFactory().containsSingleton(ScopedProxyUtils.getTargetBeanName("client")))
					.isFalse();
				assertThat(places(context)).isEmpty();
			});
	}

	private static List<String> places(ConfigurableApplicationContext context) {
		return new HolderSearch(SearchBudget.DEFAULT)
			.search(BeanRoots.of(context.getBeanFactory()), SoughtValues.of(Map.of("partner.key", VALUE), List.of()))
			.holders()
			.stream()
			.map((holder) -> holder.bean() + "." + holder.member())
			.toList();
	}

	static class Client {

		private String key = VALUE;

		void use() {
			this.key = VALUE;
		}

	}

	static class ClientFactory implements FactoryBean<Client> {

		@Override
		public Client getObject() {
			return new Client();
		}

		@Override
		public Class<?> getObjectType() {
			return Client.class;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NotYet {

		@Bean
		@Lazy
		Client lazyClient() {
			return new Client();
		}

		@Bean
		@Scope("prototype")
		Client prototypeClient() {
			return new Client();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Refreshable {

		@Bean
		@RefreshScope
		Client client() {
			return new Client();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PerThread {

		@Bean
		@Scope(scopeName = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
		Client client() {
			throw new AssertionError("Nobody is to create this");
		}

	}

}
