package io.github.secretsboot.holders;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides for each class how its objects are read, once in a search.
 */
final class ObjectReaders {

	private static final ObjectReader ARRAY = ObjectReaders::readArray;

	private static final ObjectReader PROXY = (object, contents) -> contents.add(Step.NONE,
			Proxy.getInvocationHandler(object));

	/** Superclasses that have fields, too, but do not keep there what they are given. */
	private static final Set<Class<?>> NEVER_WITH_VALUES = Set.of(Object.class, Enum.class, AbstractMap.class);

	private final PassedOver passedOver = new PassedOver();

	private final Map<Class<?>, ObjectReader> byClass = new HashMap<>();

	private final Map<Class<?>, ObjectReader> ofFields = new HashMap<>();

	ObjectReader of(Class<?> type) {
		ObjectReader reader = this.byClass.get(type);
		if (reader == null) {
			reader = create(type);
			this.byClass.put(type, reader);
		}
		return reader;
	}

	private ObjectReader create(Class<?> type) {
		try {
			return choose(type);
		}
		catch (LinkageError | RuntimeException ex) {
			// A class that its fields or methods mention is absent
			return ObjectReader.unopened(type);
		}
	}

	private ObjectReader choose(Class<?> type) {
		TextReader text = TextReader.find(type);
		if (text != null) {
			return text;
		}
		if (this.passedOver.covers(type)) {
			return ObjectReader.NOTHING;
		}
		if (type.isArray()) {
			return this.passedOver.coversAllIn(type.getComponentType()) ? ObjectReader.NOTHING : ARRAY;
		}
		return Proxy.isProxyClass(type) ? PROXY : ofParts(type);
	}

	private ObjectReader ofParts(Class<?> type) {
		List<ObjectReader> parts = new ArrayList<>();
		Class<?> part = type;
		while (part != Object.class && isOpen(part) && !JdkReaders.know(part)) {
			parts.add(this.ofFields.computeIfAbsent(part, (owner) -> FieldsReader.of(owner, this.passedOver)));
			part = part.getSuperclass();
		}
		parts.add(ofClosed(part, type));
		return ObjectReader.all(parts);
	}

	private static void readArray(Object object, Contents contents) {
		Object[] array = (Object[]) object;
		JdkReader.readArray(array.length, (index) -> array[index], contents);
	}

	private static boolean isOpen(Class<?> type) {
		return type.getModule().isOpen(type.getPackageName(), ObjectReaders.class.getModule());
	}

	private ObjectReader ofClosed(Class<?> closed, Class<?> type) {
		ObjectReader reader = JdkReaders.find(closed, type);
		if (reader != null) {
			return reader;
		}
		return mayHoldSomething(closed) ? ObjectReader.unopened(closed) : ObjectReader.NOTHING;
	}

	private boolean mayHoldSomething(Class<?> closed) {
		for (Class<?> type = closed; !NEVER_WITH_VALUES.contains(type)
				&& !this.passedOver.covers(type); type = type.getSuperclass()) {
			if (Arrays.stream(type.getDeclaredFields()).anyMatch(this::mayHoldSomething)) {
				return true;
			}
		}
		return false;
	}

	private boolean mayHoldSomething(Field field) {
		return !Modifier.isStatic(field.getModifiers()) && !this.passedOver.coversAllIn(field.getType());
	}

}
