package io.github.secretsboot.holders;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

/**
 * Reads objects of a class of the JDK, whose fields are closed, by public methods.
 *
 * @param methods the names of the methods that are called
 * @param reader calls them
 */
record JdkReader(Set<String> methods, ObjectReader reader) {

	static final JdkReader COLLECTION = new JdkReader(Set.of("iterator", "listIterator"), JdkReader::readElements);

	static final JdkReader MAP = new JdkReader(Set.of("entrySet"), JdkReader::readEntries);

	/**
	 * Reads objects that are nothing but a way to another one.
	 */
	static JdkReader reference(Function<Object, @Nullable Object> target, String... methods) {
		return new JdkReader(Set.of(methods), (object, contents) -> contents.add(Step.NONE, target.apply(object)));
	}

	/**
	 * Whether objects have these methods from the JDK and no subclass overrides them.
	 * @param type the class of the objects
	 * @param known the class of the JDK that it is or extends
	 */
	boolean isSafeFor(Class<?> type, Class<?> known) {
		for (Class<?> subclass = type; subclass != known; subclass = subclass.getSuperclass()) {
			if (Arrays.stream(subclass.getDeclaredMethods())
				.anyMatch((method) -> !method.isBridge() && this.methods.contains(method.getName()))) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Read an array, of which most may be empty.
	 */
	static void readArray(int length, IntFunction<@Nullable Object> elements, Contents contents) {
		int added = 0;
		for (int i = 0; i < length && contents.hasRoomAfter(added); i++) {
			Object element = elements.apply(i);
			if (element != null) {
				contents.add(new Step.Element(i), element);
				added++;
			}
		}
	}

	private static void readElements(Object object, Contents contents) {
		Iterator<?> elements = ((Collection<?>) object).iterator();
		for (int i = 0; elements.hasNext() && contents.hasRoomAfter(i); i++) {
			contents.add(new Step.Element(i), elements.next());
		}
	}

	private static void readEntries(Object object, Contents contents) {
		Iterator<? extends Map.Entry<?, ?>> entries = ((Map<?, ?>) object).entrySet().iterator();
		for (int i = 0; entries.hasNext() && contents.hasRoomAfter(i); i++) {
			Map.Entry<?, ?> entry = entries.next();
			contents.add(Step.KEY, entry.getKey());
			contents.add(new Step.Entry(Objects.requireNonNullElse(entry.getKey(), "null")), entry.getValue());
		}
	}

}
