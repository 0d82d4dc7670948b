package io.github.secretsboot.inject;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.BridgeMethodResolver;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Finds the members of a class that {@code @Value} injects into, by the rules of Spring's
 * own injection.
 *
 * @see org.springframework.beans.factory.annotation.AutowiredAnnotationBeanPostProcessor
 */
final class ValueMemberScanner {

	private ValueMemberScanner() {
	}

	static List<ValueMember> scan(Class<?> beanType, @Nullable Method factoryMethod) {
		List<ValueMember> members = new ArrayList<>();
		Class<?> beanClass = ClassUtils.getUserClass(beanType);
		if (factoryMethod != null) {
			addParameters(factoryMethod, beanClass, members);
		}
		else if (isCandidate(beanClass)) {
			for (Constructor<?> constructor : beanClass.getDeclaredConstructors()) {
				addParameters(constructor, beanClass, members);
			}
		}
		if (beanClass.isRecord()) {
			// The annotation of a component is on its field, too, which cannot be set
			return members;
		}
		for (Class<?> type = beanClass; type != null && isCandidate(type); type = type.getSuperclass()) {
			addFields(type, beanClass, members);
			addMethods(type, beanClass, members);
		}
		return members;
	}

	private static boolean isCandidate(Class<?> type) {
		return type != Object.class && AnnotationUtils.isCandidateClass(type, Value.class);
	}

	private static void addParameters(Executable executable, Class<?> beanClass, List<ValueMember> members) {
		for (int i = 0; i < executable.getParameterCount(); i++) {
			if (hasValue(executable.getParameters()[i])) {
				members.add(ValueMember.ofParameter(executable, i, beanClass));
			}
		}
	}

	private static void addFields(Class<?> type, Class<?> beanClass, List<ValueMember> members) {
		ReflectionUtils.doWithLocalFields(type, (field) -> {
			if (hasValue(field) && !Modifier.isStatic(field.getModifiers())) {
				members.add(ValueMember.of(field, beanClass));
			}
		});
	}

	private static void addMethods(Class<?> type, Class<?> beanClass, List<ValueMember> members) {
		ReflectionUtils.doWithLocalMethods(type, (method) -> {
			if (isInjected(method) && method.equals(ClassUtils.getMostSpecificMethod(method, beanClass))) {
				members.add(ValueMember.of(method, beanClass));
			}
		});
	}

	private static boolean isInjected(Method method) {
		if (Modifier.isStatic(method.getModifiers()) || method.getParameterCount() == 0
				|| BridgeMethodResolver.findBridgedMethod(method) != method) {
			return false;
		}
		return hasValue(method) || (AnnotatedElementUtils.isAnnotated(method, Autowired.class)
				&& List.of(method.getParameters()).stream().anyMatch(ValueMemberScanner::hasValue));
	}

	private static boolean hasValue(AnnotatedElement element) {
		return element.isAnnotationPresent(Value.class) || AnnotatedElementUtils.isAnnotated(element, Value.class);
	}

}
