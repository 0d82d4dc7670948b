package io.github.secretsboot.diagnostics;

import java.lang.reflect.Field;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.secretsboot.refresh.SecretsEngine;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.SimpleTypeConverter;
import org.springframework.beans.TypeConverter;
import org.springframework.beans.TypeMismatchException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.TypeDescriptor;

/**
 * Converts the way the bean factory would, and keeps values of secrets out of the
 * exceptions. Has no state of its own, so that any number of threads may share it.
 */
class SecretTypeConverter implements TypeConverter {

	private final Supplier<TypeConverter> delegates;

	private final SecretsEngine engine;

	private final DerivedValues derived;

	SecretTypeConverter(Supplier<TypeConverter> delegates, SecretsEngine engine, DerivedValues derived) {
		this.delegates = delegates;
		this.engine = engine;
		this.derived = derived;
	}

	/**
	 * What a bean factory makes for each of its callers as long as it has no converter.
	 */
	static TypeConverter standard(ConfigurableListableBeanFactory beanFactory) {
		SimpleTypeConverter converter = new SimpleTypeConverter();
		converter.setConversionService(beanFactory.getConversionService());
		beanFactory.copyRegisteredEditorsTo(converter);
		return converter;
	}

	@Override
	public <T> @Nullable T convertIfNecessary(@Nullable Object value, @Nullable Class<T> type) {
		return convert(value, type, (converter) -> converter.convertIfNecessary(value, type));
	}

	@Override
	public <T> @Nullable T convertIfNecessary(@Nullable Object value, @Nullable Class<T> type,
			@Nullable MethodParameter parameter) {
		return convert(value, type, (converter) -> converter.convertIfNecessary(value, type, parameter));
	}

	@Override
	public <T> @Nullable T convertIfNecessary(@Nullable Object value, @Nullable Class<T> type, @Nullable Field field) {
		return convert(value, type, (converter) -> converter.convertIfNecessary(value, type, field));
	}

	@Override
	public <T> @Nullable T convertIfNecessary(@Nullable Object value, @Nullable Class<T> type,
			@Nullable TypeDescriptor descriptor) {
		return convert(value, type, (converter) -> converter.convertIfNecessary(value, type, descriptor));
	}

	private <T> @Nullable T convert(@Nullable Object value, @Nullable Class<T> type,
			Function<TypeConverter, @Nullable T> conversion) {
		try {
			return conversion.apply(this.delegates.get());
		}
		catch (TypeMismatchException ex) {
			Set<String> properties = properties(value, ex);
			if (properties.isEmpty() && !this.derived.contains(value)) {
				throw ex;
			}
			throw new SecretConversionException(properties, type);
		}
	}

	private Set<String> properties(@Nullable Object value, TypeMismatchException ex) {
		Set<String> names = new TreeSet<>();
		if (value instanceof CharSequence text) {
			names.addAll(quotedIn(text.toString()));
		}
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			names.addAll(quotedIn(String.valueOf(cause.getMessage())));
		}
		return names;
	}

	private Set<String> quotedIn(String text) {
		return this.engine.state().properties().quotedIn(text);
	}

}
