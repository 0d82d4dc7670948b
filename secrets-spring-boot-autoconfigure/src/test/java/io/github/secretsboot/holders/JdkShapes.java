package io.github.secretsboot.holders;

import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.net.PasswordAuthentication;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static io.github.secretsboot.holders.Shape.VALUE;
import static io.github.secretsboot.holders.Shape.found;
import static io.github.secretsboot.holders.Shape.unopened;

/**
 * Objects of the JDK that hold a value.
 */
final class JdkShapes {

	private JdkShapes() {
	}

	static Stream<Shape> references() {
		return Stream.of( //
				found("Optional", Optional.of(VALUE), ""), found("AtomicReference", new AtomicReference<>(VALUE), ""),
				found("AtomicReferenceArray", new AtomicReferenceArray<>(new String[] { null, VALUE }), "[1]"),
				found("WeakReference", new WeakReference<>(VALUE), ""),
				found("SoftReference", new SoftReference<>(VALUE), ""),
				found("subclass of WeakReference", new KeyReference(), ""),
				found("CompletableFuture", CompletableFuture.completedFuture(VALUE), ""),
				found("Map.Entry", Map.entry("key", VALUE), "value"),
				found("SimpleEntry", new AbstractMap.SimpleEntry<>("key", VALUE), "value"),
				found("PasswordAuthentication", new PasswordAuthentication("app", VALUE.toCharArray()), "password"));
	}

	static Stream<Shape> collections() {
		return Stream.of( //
				found("array", new Object[] { "a", VALUE }, "[1]"),
				found("array of arrays", new String[][] { {}, { "a", VALUE } }, "[1][1]"),
				found("ArrayList", new ArrayList<>(List.of("a", VALUE)), "[1]"),
				found("anonymous subclass of ArrayList", new ArrayList<>(List.of("a", VALUE)) {
				}, "[1]"), //
				found("LinkedList", new LinkedList<>(List.of("a", VALUE)), "[1]"),
				found("ArrayDeque", new ArrayDeque<>(List.of("a", VALUE)), "[1]"),
				found("PriorityQueue", new PriorityQueue<>(List.of("a", VALUE)), "[1]"),
				found("HashSet", new HashSet<>(Set.of(VALUE)), "[0]"),
				found("TreeSet", new TreeSet<>(List.of("a", VALUE)), "[1]"),
				found("CopyOnWriteArrayList", new CopyOnWriteArrayList<>(List.of("a", VALUE)), "[1]"),
				found("ConcurrentLinkedQueue", new ConcurrentLinkedQueue<>(List.of("a", VALUE)), "[1]"),
				found("set of a ConcurrentHashMap", with(ConcurrentHashMap.newKeySet()), "[0]"), //
				found("List.of", List.of("a", VALUE), "[1]"), //
				found("Set.of", Set.of(VALUE), "[0]"), //
				found("Arrays.asList", Arrays.asList("a", VALUE), "[1]"),
				found("part of a list", new ArrayList<>(List.of("a", "b", VALUE)).subList(1, 3), "[1]"),
				found("single element", Collections.singletonList(VALUE), "[0]"),
				found("same element many times", Collections.nCopies(3, VALUE), "[0]"),
				found("unmodifiable list", Collections.unmodifiableList(new ArrayList<>(List.of(VALUE))), "[0]"),
				found("unmodifiable list of an immutable one", Collections.unmodifiableList(List.of(VALUE)), "[0]"),
				found("set of a map", with(Collections.newSetFromMap(new HashMap<>())), "keySet"));
	}

	static Stream<Shape> maps() {
		return Stream.of( //
				found("HashMap", new HashMap<>(Map.of("github", VALUE)), "[github]"),
				found("anonymous subclass of HashMap", new HashMap<>(Map.of("github", VALUE)) {
				}, "[github]"), //
				found("LinkedHashMap", new LinkedHashMap<>(Map.of("github", VALUE)), "[github]"),
				found("TreeMap", new TreeMap<>(Map.of("github", VALUE)), "[github]"),
				found("ConcurrentHashMap", new ConcurrentHashMap<>(Map.of("github", VALUE)), "[github]"),
				found("ConcurrentSkipListMap", new ConcurrentSkipListMap<>(Map.of("github", VALUE)), "[github]"),
				found("IdentityHashMap", new IdentityHashMap<>(Map.of("github", VALUE)), "[github]"),
				found("Hashtable", new Hashtable<>(Map.of("github", VALUE)), "[github]"),
				found("EnumMap", new EnumMap<>(Map.of(TimeUnit.DAYS, VALUE)), "[DAYS]"),
				found("Properties", properties(), "[github]"), //
				found("Map.of", Map.of("github", VALUE), "[github]"),
				found("unmodifiable map", Collections.unmodifiableMap(new HashMap<>(Map.of("a", VALUE))), "[a]"),
				found("map in a map", Map.of("a", Map.of("b", List.of(VALUE))), "[a][b][0]"),
				found("key", new HashMap<>(Map.of(VALUE, "github")), "keySet"),
				found("inside a key", new HashMap<>(Map.of(List.of(VALUE), "github")), "keySet[0]"),
				found("null key", nullKey(), "[null]"), //
				found("class as key", Map.of(String.class, VALUE), "[java.lang.String]"),
				found("number as key", Map.of(7, VALUE), "[7]"),
				found("object as key", Map.of(Optional.of("github"), VALUE), "[*]"));
	}

	/**
	 * What is not read, since it would lock, change something, or needs what is closed.
	 */
	static Stream<Shape> closed() {
		return Stream.of( //
				unopened("Vector, which locks", new Vector<>(List.of(VALUE)), Vector.class),
				unopened("StringBuffer, which locks", new StringBuffer(VALUE), StringBuffer.class),
				unopened("blocking queue, which locks", new LinkedBlockingQueue<>(List.of(VALUE)),
						LinkedBlockingQueue.class),
				unopened("synchronized map, which locks",
						Collections.synchronizedMap(new HashMap<>(Map.of("github", VALUE))),
						Collections.synchronizedMap(Map.of()).getClass()),
				unopened("WeakHashMap, which tidies up", new WeakHashMap<>(Map.of("github", VALUE)), WeakHashMap.class),
				unopened("tasks of an executor", executor(), ThreadPoolExecutor.class), //
				unopened("key in a Mac", mac(), Mac.class), //
				unopened("functions put together by the JDK", identity().andThen((x) -> VALUE),
						identity().andThen((x) -> "").getClass()));
	}

	private static Set<String> with(Set<String> set) {
		set.add(VALUE);
		return set;
	}

	private static Properties properties() {
		Properties properties = new Properties();
		properties.setProperty("github", VALUE);
		return properties;
	}

	private static Map<String, String> nullKey() {
		Map<String, String> map = new HashMap<>();
		map.put(null, VALUE);
		return map;
	}

	private static ThreadPoolExecutor executor() {
		return new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
	}

	private static Mac mac() {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(VALUE.getBytes(), "HmacSHA256"));
			return mac;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Function<String, String> identity() {
		return (text) -> text;
	}

	private static final class KeyReference extends WeakReference<String> {

		KeyReference() {
			super(VALUE);
		}

	}

}
