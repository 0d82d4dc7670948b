package io.github.secretsboot.holders;

import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.net.PasswordAuthentication;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EventObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicMarkableReference;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicStampedReference;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What can be read of the JDK's own objects without locking or changing anything. Left
 * out for that: blocking queues, {@code Vector}, {@code StringBuffer} and synchronized
 * collections, which lock, and {@code WeakHashMap}, which tidies itself up.
 */
final class JdkReaders {

	private static final Map<Class<?>, JdkReader> BY_CLASS = byClass();

	/** Collections and maps whose classes have no public name. */
	private static final List<String> NESTED = List.of("java.util.ArrayList$", "java.util.Arrays$",
			"java.util.Collections$Copies", "java.util.Collections$Empty", "java.util.Collections$Singleton",
			"java.util.HashMap$", "java.util.ImmutableCollections$", "java.util.LinkedHashMap$",
			"java.util.concurrent.ConcurrentHashMap$");

	private JdkReaders() {
	}

	/**
	 * Whether objects of a class are read here, even if its fields are open.
	 */
	static boolean know(Class<?> type) {
		return type.getClassLoader() == null
				&& (BY_CLASS.containsKey(type) || isNested(type) || ViewReader.supports(type));
	}

	/**
	 * Find the reader for objects of a class of the JDK, or of a subclass that does not
	 * change how they are read.
	 * @param known the class of the JDK
	 * @param type the class of the objects
	 * @return the reader, or {@code null} if they cannot be read
	 */
	static @Nullable ObjectReader find(Class<?> known, Class<?> type) {
		for (Class<?> candidate = known; candidate != null; candidate = candidate.getSuperclass()) {
			JdkReader reader = BY_CLASS.get(candidate);
			if (reader != null) {
				return reader.isSafeFor(type, candidate) ? reader.reader() : null;
			}
		}
		if (ViewReader.supports(known)) {
			return ViewReader.of(known);
		}
		return isNested(known) ? findNested(known) : null;
	}

	private static boolean isNested(Class<?> type) {
		return NESTED.stream().anyMatch(type.getName()::startsWith);
	}

	private static @Nullable ObjectReader findNested(Class<?> type) {
		if (Map.class.isAssignableFrom(type)) {
			return JdkReader.MAP.reader();
		}
		return Collection.class.isAssignableFrom(type) ? JdkReader.COLLECTION.reader() : null;
	}

	private static Map<Class<?>, JdkReader> byClass() {
		Map<Class<?>, JdkReader> readers = new HashMap<>();
		Stream
			.<Class<?>>of(ArrayList.class, LinkedList.class, ArrayDeque.class, PriorityQueue.class, HashSet.class,
					LinkedHashSet.class, TreeSet.class, CopyOnWriteArrayList.class, CopyOnWriteArraySet.class,
					ConcurrentLinkedQueue.class, ConcurrentLinkedDeque.class, ConcurrentSkipListSet.class,
					ConcurrentHashMap.KeySetView.class)
			.forEach((type) -> readers.put(type, JdkReader.COLLECTION));
		Stream
			.<Class<?>>of(HashMap.class, LinkedHashMap.class, TreeMap.class, IdentityHashMap.class, EnumMap.class,
					Hashtable.class, Properties.class, ConcurrentHashMap.class, ConcurrentSkipListMap.class)
			.forEach((type) -> readers.put(type, JdkReader.MAP));
		JdkReader entry = new JdkReader(Set.of("getKey", "getValue"), JdkReaders::readEntry);
		Stream
			.<Class<?>>of(AbstractMap.SimpleEntry.class, AbstractMap.SimpleImmutableEntry.class,
					Map.entry("", "").getClass())
			.forEach((type) -> readers.put(type, entry));
		readers.putAll(references());
		readers.put(AtomicReferenceArray.class, new JdkReader(Set.of(), JdkReaders::readArray));
		readers.put(PasswordAuthentication.class, new JdkReader(Set.of(), JdkReaders::readLogin));
		return readers;
	}

	private static Map<Class<?>, JdkReader> references() {
		return Map.of( //
				Optional.class, JdkReader.reference((object) -> ((Optional<?>) object).orElse(null)), //
				WeakReference.class, JdkReader.reference((object) -> ((WeakReference<?>) object).get(), "get"), //
				SoftReference.class, JdkReader.reference((object) -> ((SoftReference<?>) object).get(), "get"), //
				AtomicReference.class, JdkReader.reference((object) -> ((AtomicReference<?>) object).get()), //
				AtomicMarkableReference.class,
				JdkReader.reference((object) -> ((AtomicMarkableReference<?>) object).getReference()), //
				AtomicStampedReference.class,
				JdkReader.reference((object) -> ((AtomicStampedReference<?>) object).getReference()), //
				EventObject.class, JdkReader.reference((object) -> ((EventObject) object).getSource(), "getSource"), //
				CompletableFuture.class, JdkReader.reference((object) -> result((CompletableFuture<?>) object),
						"isDone", "isCompletedExceptionally", "getNow"));
	}

	private static @Nullable Object result(CompletableFuture<?> future) {
		return (future.isDone() && !future.isCompletedExceptionally()) ? future.getNow(null) : null;
	}

	private static void readArray(Object object, Contents contents) {
		AtomicReferenceArray<?> array = (AtomicReferenceArray<?>) object;
		JdkReader.readArray(array.length(), array::get, contents);
	}

	private static void readEntry(Object object, Contents contents) {
		Map.Entry<?, ?> entry = (Map.Entry<?, ?>) object;
		contents.add(new Step.Member("key"), entry.getKey());
		contents.add(new Step.Member("value"), entry.getValue());
	}

	private static void readLogin(Object object, Contents contents) {
		PasswordAuthentication login = (PasswordAuthentication) object;
		contents.add(new Step.Member("userName"), login.getUserName());
		contents.add(new Step.Member("password"), login.getPassword());
	}

}
