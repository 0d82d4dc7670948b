package io.github.secretsboot.inject;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;

/**
 * An application with every shape of {@code @Value} injection that people write.
 */
@Configuration
@Import({ ConsumerShapes.Fields.class, ConsumerShapes.Typed.class, ConsumerShapes.Methods.class,
		ConsumerShapes.Expressions.class, ConsumerShapes.OfConstructor.class, ConsumerShapes.OfRecord.class,
		ConsumerShapes.Proxied.class, ConsumerShapes.LazyBean.class, ConsumerShapes.Prototype.class,
		ConsumerShapes.PrototypeHolder.class, ConsumerShapes.Refreshed.class, ConsumerShapes.Factory.class,
		ConsumerShapes.Unrelated.class, ConsumerShapes.Proxies.class })
class ConsumerShapes {

	@Value("${stripe.secret-key}")
	private String ofConfiguration;

	String ofConfiguration() {
		return this.ofConfiguration;
	}

	@Bean
	Held beanMethod(@Value("${stripe.secret-key}") String parameter) {
		return new Held(parameter);
	}

	/** A bean that has no member to inject into. */
	record Held(String value) {
	}

	static class Parent {

		@Value("${STRIPE_SECRET_KEY}")
		private String inherited;

		String inherited() {
			return this.inherited;
		}

	}

	static class Fields extends Parent {

		@Value("${STRIPE_SECRET_KEY}")
		private String ofPrivate;

		@Value("${stripe.secret.key}")
		String ofPackage;

		@Value("${stripe.secret-key}")
		volatile String ofVolatile;

		@Value("${stripe.secret-key}")
		private final String ofFinal = String.valueOf((Object) null);

		@StripeKey
		String ofMetaAnnotation;

		@Value("${unknown.name:default}")
		String notSecret;

		String ofPrivate() {
			return this.ofPrivate;
		}

		String ofFinal() {
			return this.ofFinal;
		}

	}

	static class Typed {

		@Value("${POOL_SIZE}")
		int number;

		@Value("${POOL_TIMEOUT}")
		Duration duration;

		@Value("${STRIPE_URI}")
		URI uri;

		@Value("${key-store}")
		byte[] bytes;

		@Value("${STRIPE_NAMES}")
		List<String> list;

	}

	static class Methods {

		String onMethod;

		String onParameter;

		String first;

		String second;

		@Value("${stripe.secret-key}")
		void setOnMethod(String onMethod) {
			this.onMethod = onMethod;
		}

		@Autowired
		void setOnParameter(@Value("${stripe.secret-key}") String onParameter) {
			this.onParameter = onParameter;
		}

		@Autowired
		void setSeveral(@Value("${stripe.secret-key}") String first, @Value("${OTHER_KEY}") String second,
				Unrelated unrelated) {
			this.first = first;
			this.second = second;
		}

	}

	static class Expressions {

		@Value("${${selected.name}}")
		String nestedName;

		@Value("${unknown.name:${stripe.secret-key}}")
		String nestedDefault;

		@Value("${stripe.secret-key:default}")
		String withDefault;

		@Value("${app.through}")
		String through;

		@Value("#{'${stripe.secret-key}'.concat('-more')}")
		String expression;

		@Value("#{environment['stripe.secret-key']}")
		String ofEnvironment;

	}

	static class OfConstructor {

		final String value;

		OfConstructor(@Value("${stripe.secret-key}") String parameter) {
			this.value = parameter;
		}

	}

	record OfRecord(@Value("${stripe.secret-key}") String component) {
	}

	static class Proxied {

		@Value("${stripe.secret-key}")
		private String field;

		String value() {
			return this.field;
		}

	}

	@Lazy
	static class LazyBean {

		@Value("${stripe.secret-key}")
		String field;

	}

	@Scope("prototype")
	static class Prototype {

		@Value("${stripe.secret-key}")
		String field;

	}

	record PrototypeHolder(Prototype prototype) {
	}

	@RefreshScope
	static class Refreshed {

		@Value("${stripe.secret-key}")
		private String field;

		String value() {
			return this.field;
		}

	}

	static class Factory implements FactoryBean<Held> {

		@Value("${stripe.secret-key}")
		private String field;

		@Override
		public Held getObject() {
			return new Held(this.field);
		}

		@Override
		public Class<?> getObjectType() {
			return Held.class;
		}

	}

	static class Unrelated {

		@Value("${spring.application.name:none}")
		String name;

		@Value("#{1 + 1}")
		int two;

	}

	/**
	 * Wraps a bean as transactions and other aspects do.
	 */
	static class Proxies implements BeanPostProcessor {

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			if (!(bean instanceof Proxied)) {
				return bean;
			}
			ProxyFactory factory = new ProxyFactory(bean);
			factory.setProxyTargetClass(true);
			return factory.getProxy();
		}

	}

	@Target(ElementType.FIELD)
	@Retention(RetentionPolicy.RUNTIME)
	@Value("${stripe.secret-key}")
	@interface StripeKey {

	}

}
