package io.github.secretsboot.follow.security;

import java.util.List;

import io.github.secretsboot.follow.BootBeanPostProcessor;
import io.github.secretsboot.follow.ConditionalOnFollower;
import io.github.secretsboot.follow.Followers;
import io.github.secretsboot.follow.Technology;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/**
 * {@link AutoConfiguration Auto-configuration} for what Spring Boot makes of
 * {@code spring.security}: its user, its OAuth2 client registrations, and its
 * introspection of opaque tokens. Beans of the application are left alone.
 */
@AutoConfiguration(afterName = "io.github.secretsboot.autoconfigure.SecretsFollowAutoConfiguration")
@ConditionalOnClass(UserDetails.class)
@ConditionalOnFollower(Technology.SECURITY)
public final class SecurityFollowerAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	static class Users {

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static BootBeanPostProcessor<InMemoryUserDetailsManager> secretsUserPostProcessor(Followers secretsFollowers,
				ConfigurableListableBeanFactory beanFactory, ObjectProvider<PasswordEncoder> encoder) {
			return new BootBeanPostProcessor<>(beanFactory, InMemoryUserDetailsManager.class, (beanName, manager) -> {
				follow(beanName, new ServletUsers(manager), secretsFollowers, encoder);
				return manager;
			});
		}

		static void follow(String beanName, UserStore users, Followers followers,
				ObjectProvider<PasswordEncoder> encoder) {
			followers.followIfSecret(beanName, new UserFollower(users, () -> encoder.getIfAvailable() != null));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Mono.class)
	static class UsersOfReactiveApplications {

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static BootBeanPostProcessor<MapReactiveUserDetailsService> secretsReactiveUserPostProcessor(
				Followers secretsFollowers, ConfigurableListableBeanFactory beanFactory,
				ObjectProvider<PasswordEncoder> encoder) {
			return new BootBeanPostProcessor<>(beanFactory, MapReactiveUserDetailsService.class,
					(beanName, service) -> {
						Users.follow(beanName, new ReactiveUsers(service), secretsFollowers, encoder);
						return service;
					});
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ ClientRegistration.class, OAuth2ClientProperties.class })
	static class ClientRegistrations {

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static BootBeanPostProcessor<InMemoryClientRegistrationRepository> secretsRegistrationsPostProcessor(
				Followers secretsFollowers, ConfigurableListableBeanFactory beanFactory) {
			return new BootBeanPostProcessor<>(beanFactory, InMemoryClientRegistrationRepository.class,
					(beanName, repository) -> {
						RegistrationsFollower follower = new RegistrationsFollower(repository);
						return secretsFollowers.followIfSecret(beanName, follower)
							.map((followed) -> new InMemoryClientRegistrationRepository(follower.registrations()))
							.orElse(repository);
					});
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Mono.class, ClientRegistration.class, OAuth2ClientProperties.class })
	static class ClientRegistrationsOfReactiveApplications {

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static BootBeanPostProcessor<ReactiveClientRegistrationRepository> secretsReactiveRegistrationsPostProcessor(
				Followers secretsFollowers, ConfigurableListableBeanFactory beanFactory) {
			return new BootBeanPostProcessor<>(beanFactory, ReactiveClientRegistrationRepository.class,
					(beanName, repository) -> (repository instanceof InMemoryReactiveClientRegistrationRepository copy)
							? follow(beanName, copy, secretsFollowers) : repository);
		}

		private static ReactiveClientRegistrationRepository follow(String beanName,
				InMemoryReactiveClientRegistrationRepository repository, Followers followers) {
			RegistrationsFollower follower = new RegistrationsFollower(repository);
			return followers.followIfSecret(beanName, follower)
				.<ReactiveClientRegistrationRepository>map(
						(followed) -> new ReactiveRegistrations(follower.registrations()))
				.orElse(repository);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SpringOpaqueTokenIntrospector.class)
	@ImportRuntimeHints(IntrospectionHints.class)
	static class Introspection {

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static BootBeanPostProcessor<SpringOpaqueTokenIntrospector> secretsIntrospectionPostProcessor(
				Followers secretsFollowers, ConfigurableListableBeanFactory beanFactory, Environment environment) {
			return new BootBeanPostProcessor<>(beanFactory, SpringOpaqueTokenIntrospector.class,
					(beanName, introspector) -> {
						List<ClientHttpRequestInterceptor> interceptors = RotatingAuthentication.of(introspector);
						if (interceptors != null) {
							follow(beanName, interceptors, secretsFollowers, environment);
						}
						return introspector;
					});
		}

		private static void follow(String beanName, List<ClientHttpRequestInterceptor> interceptors,
				Followers followers, Environment environment) {
			String uri = environment.getRequiredProperty(IntrospectionFollower.PREFIX + "introspection-uri");
			followers.followIfSecret(beanName, new IntrospectionFollower(uri))
				.map(RotatingAuthentication::new)
				.ifPresent((authentication) -> authentication.replaceIn(interceptors));
		}

	}

	static class IntrospectionHints implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
			hints.reflection().registerType(SpringOpaqueTokenIntrospector.class, MemberCategory.ACCESS_DECLARED_FIELDS);
		}

	}

}
