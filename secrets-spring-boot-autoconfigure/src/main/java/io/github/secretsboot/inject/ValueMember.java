package io.github.secretsboot.inject;

import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * A field, method or parameter that {@code @Value} injects into.
 */
final class ValueMember {

	private final String name;

	/** Described when they are first resolved: most members never are. */
	private final SingletonSupplier<List<ValueDependency>> dependencies;

	private final @Nullable Field field;

	private final @Nullable Method method;

	private ValueMember(String name, Supplier<List<ValueDependency>> dependencies, @Nullable Field field,
			@Nullable Method method) {
		this.name = name;
		this.dependencies = SingletonSupplier.of(dependencies);
		this.field = field;
		this.method = method;
	}

	static ValueMember of(Field field, Class<?> beanClass) {
		return new ValueMember(field.getName(), () -> List.of(ValueDependency.of(field, beanClass)), field, null);
	}

	static ValueMember of(Method method, Class<?> beanClass) {
		return new ValueMember(method.getName(),
				() -> IntStream.range(0, method.getParameterCount())
					.mapToObj((index) -> ValueDependency.of(method, index, beanClass))
					.toList(),
				null, method);
	}

	/**
	 * A parameter of a constructor or factory method, which nobody can call again.
	 */
	static ValueMember ofParameter(Executable executable, int index, Class<?> beanClass) {
		return new ValueMember(executable.getParameters()[index].getName(),
				() -> List.of(ValueDependency.of(executable, index, beanClass)), null, null);
	}

	String name() {
		return this.name;
	}

	boolean isWritable() {
		return this.field != null || this.method != null;
	}

	@Nullable Object[] resolve(AutowireCapableBeanFactory beanFactory, String beanName) {
		return this.dependencies.obtain()
			.stream()
			.map((dependency) -> dependency.resolve(beanFactory, beanName))
			.toArray();
	}

	/**
	 * The texts of which placeholders are left as they are.
	 */
	List<String> unresolvedTexts(AutowireCapableBeanFactory beanFactory) {
		return this.dependencies.obtain()
			.stream()
			.map((dependency) -> dependency.unresolvedText(beanFactory))
			.filter(Objects::nonNull)
			.toList();
	}

	void write(Object bean, @Nullable Object[] values) {
		if (this.field != null) {
			ReflectionUtils.makeAccessible(this.field);
			ReflectionUtils.setField(this.field, bean, values[0]);
		}
		else if (this.method != null) {
			ReflectionUtils.makeAccessible(this.method);
			ReflectionUtils.invokeMethod(this.method, bean, values);
		}
	}

	void registerHints(RuntimeHints hints) {
		if (this.field != null) {
			hints.reflection().registerField(this.field);
		}
		if (this.method != null) {
			hints.reflection().registerMethod(this.method, ExecutableMode.INVOKE);
		}
	}

}
