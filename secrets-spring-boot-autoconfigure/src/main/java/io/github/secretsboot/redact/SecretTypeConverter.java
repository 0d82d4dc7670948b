package io.github.secretsboot.redact;

import java.lang.reflect.Field;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.secretsboot.env.BinaryConverters;
import io.github.secretsboot.expression.DerivedValues;
import io.github.secretsboot.refresh.SecretsEngine;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.PropertyEditorRegistry;
import org.springframework.beans.SimpleTypeConverter;
import org.springframework.beans.TypeConverter;
import org.springframework.beans.TypeMismatchException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.TypeDescriptor;

/**
 * Converts the way the bean factory would, and keeps values of secrets out of the
 * exceptions. Any number of threads may share it.
 */
class SecretTypeConverter implements TypeConverter {

	private final Supplier<TypeConverter> delegates;

	private final SecretsEngine engine;

	private final InjectedSecrets injected;

	private final DerivedValues derived;

	private volatile @Nullable Boolean textLeftAlone;

	SecretTypeConverter(Supplier<TypeConverter> delegates, SecretsEngine engine, InjectedSecrets injected,
			DerivedValues derived) {
		this.delegates = delegates;
		this.engine = engine;
		this.injected = injected;
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
		return convert(value, type, null, (converter) -> converter.convertIfNecessary(value, type));
	}

	@Override
	public <T> @Nullable T convertIfNecessary(@Nullable Object value, @Nullable Class<T> type,
			@Nullable MethodParameter parameter) {
		return convert(value, type, parameter, (converter) -> converter.convertIfNecessary(value, type, parameter));
	}

	@Override
	public <T> @Nullable T convertIfNecessary(@Nullable Object value, @Nullable Class<T> type, @Nullable Field field) {
		return convert(value, type, field, (converter) -> converter.convertIfNecessary(value, type, field));
	}

	@Override
	public <T> @Nullable T convertIfNecessary(@Nullable Object value, @Nullable Class<T> type,
			@Nullable TypeDescriptor descriptor) {
		return convert(value, type, descriptor, (converter) -> converter.convertIfNecessary(value, type, descriptor));
	}

	@SuppressWarnings("unchecked")
	private <T> @Nullable T convert(@Nullable Object value, @Nullable Class<T> type, @Nullable Object member,
			Function<TypeConverter, @Nullable T> conversion) {
		if (type == String.class && value instanceof String && isTextLeftAlone()) {
			return (T) value;
		}
		// A binary secret that came through a placeholder, which turned it into text
		byte[] bytes = (type == byte[].class && value instanceof String text) ? BinaryConverters.fromText(text) : null;
		if (bytes != null) {
			return (T) bytes;
		}
		try {
			return conversion.apply(this.delegates.get());
		}
		catch (TypeMismatchException ex) {
			Set<String> properties = properties(value, member, ex);
			if (properties.isEmpty() && !this.derived.contains(value) && !this.injected.isExpression(member)) {
				throw ex;
			}
			throw new SecretConversionException(properties, type);
		}
	}

	/**
	 * Whether nobody has registered an editor for text. Spring looks a conversion up by
	 * the annotated field, one by one in a bucket that all fields of a type share, which
	 * takes long for a bean with many of them.
	 */
	private boolean isTextLeftAlone() {
		Boolean current = this.textLeftAlone;
		if (current == null) {
			current = this.delegates.get() instanceof PropertyEditorRegistry editors
					&& editors.findCustomEditor(String.class, null) == null;
			this.textLeftAlone = current;
		}
		return current;
	}

	private Set<String> properties(@Nullable Object value, @Nullable Object member, TypeMismatchException ex) {
		Set<String> names = new TreeSet<>(this.injected.in(member));
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
