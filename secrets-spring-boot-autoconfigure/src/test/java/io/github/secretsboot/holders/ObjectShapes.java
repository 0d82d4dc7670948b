package io.github.secretsboot.holders;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.target.HotSwappableTargetSource;
import org.springframework.util.function.SingletonSupplier;

import static io.github.secretsboot.holders.Shape.VALUE;
import static io.github.secretsboot.holders.Shape.found;

/**
 * Objects of an application that hold a value.
 */
final class ObjectShapes {

	private ObjectShapes() {
	}

	static Stream<Shape> shapes() {
		String key = VALUE;
		return Stream.of( //
				found("private field", new Client(VALUE), "key"),
				found("field of a superclass", new SpecialClient(VALUE), "key"),
				found("record", new Login("app", VALUE), "password"),
				found("nested", new Service(new Client(VALUE)), "client.key"),
				found("inner class and its outer object", new Outer(VALUE).new Inner(), "this$0.key"),
				found("anonymous class that captures", new Object() {

					@Override
					public String toString() {
						return key;
					}

				}, "val$key"), //
				found("lambda that captures", supplier(VALUE), "arg$1"),
				found("lambda that captures an object", ofClient(new Client(VALUE)), "arg$1.key"),
				found("method reference to an object", (Supplier<String>) new Client(VALUE)::key, "arg$1.key"),
				found("memoizing supplier", resolved(SingletonSupplier.of(supplier(VALUE))), "instanceSupplier.arg$1"),
				found("sealed type", new Holding(new Card(VALUE)), "payment.token"),
				found("enum constant", Gateway.configure(VALUE), "key"),
				found("static field", Statics.configure(VALUE), "key"),
				found("static field of a superclass", new SpecialStatics(), "key"),
				found("what a lazy delegate has computed", new Delegate(VALUE), "computed"),
				found("interface field", new Service2(new Client(VALUE)), "target.key"),
				found("linked objects", new Link(new Link(new Link(null, VALUE), null), null), "next.next.value"),
				found("cycle", Link.cycle(VALUE), "next.value"),
				found("JDK proxy",
						Proxy.newProxyInstance(ObjectShapes.class.getClassLoader(), new Class<?>[] { Runnable.class },
								new Handler(VALUE)),
						"key"),
				found("proxy of an interface by Spring", proxy(new Api(VALUE), false), "key"),
				found("proxy of a class by Spring", proxy(new Client(VALUE), true), "key"),
				found("swappable target", swappable(new Client(VALUE)), "key"),
				found("object that must not be asked", new Hostile(VALUE), "key"));
	}

	private static Supplier<String> supplier(String key) {
		return () -> key;
	}

	private static Supplier<String> ofClient(Client client) {
		return () -> client.key;
	}

	private static Object resolved(SingletonSupplier<String> supplier) {
		return supplier;
	}

	private static Object proxy(Object target, boolean ofClass) {
		ProxyFactory factory = new ProxyFactory();
		factory.setTarget(target);
		factory.setProxyTargetClass(ofClass);
		factory.setInterfaces(target.getClass().getInterfaces());
		return factory.getProxy();
	}

	private static Object swappable(Client client) {
		return ProxyFactory.getProxy(new HotSwappableTargetSource(client));
	}

	static class Client {

		private final String key;

		Client(String key) {
			this.key = key;
		}

		// For the proxy, which has no key
		Client() {
			this("");
		}

		String key() {
			return this.key;
		}

	}

	static class SpecialClient extends Client {

		SpecialClient(String key) {
			super(key);
		}

	}

	record Login(String user, String password) {
	}

	record Service(Client client) {
	}

	record Service2(Object target) {
	}

	static class Outer {

		final String key;

		Outer(String key) {
			this.key = key;
		}

		class Inner {

			String key() {
				return Outer.this.key;
			}

		}

	}

	sealed interface Payment {

	}

	record Card(String token) implements Payment {
	}

	record Holding(Payment payment) {
	}

	enum Gateway {

		INSTANCE;

		private String key = "";

		static Gateway configure(String key) {
			INSTANCE.key = key;
			return INSTANCE;
		}

	}

	static class Statics {

		@SuppressWarnings("unused")
		private static String key = "";

		static Statics configure(String value) {
			key = value;
			return new Statics();
		}

	}

	static class SpecialStatics extends Statics {

	}

	/** As Kotlin's lazy properties have it. */
	static final class Delegate {

		private volatile Object computed;

		@SuppressWarnings("unused")
		private Supplier<String> initializer = () -> {
			throw new AssertionError("Nobody is to initialize anything");
		};

		Delegate(Object computed) {
			this.computed = computed;
		}

		@Override
		public String toString() {
			return this.computed.toString();
		}

	}

	static class Link {

		Link next;

		final String value;

		Link(Link next, String value) {
			this.next = next;
			this.value = value;
		}

		static Link cycle(String value) {
			Link link = new Link(null, null);
			link.next = new Link(link, value);
			return link;
		}

	}

	record Handler(String key) implements java.lang.reflect.InvocationHandler {

		@Override
		public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] args) {
			throw new AssertionError("Nobody is to call a proxy");
		}

	}

	record Api(String key) implements Runnable {

		@Override
		public void run() {
			throw new AssertionError("Nobody is to call a target");
		}

	}

	static class Hostile implements Comparable<Hostile> {

		@SuppressWarnings("unused")
		private final String key;

		@SuppressWarnings("unused")
		private final List<Hostile> others = List.of();

		Hostile(String key) {
			this.key = key;
		}

		@Override
		public boolean equals(Object other) {
			throw new AssertionError();
		}

		@Override
		public int hashCode() {
			throw new AssertionError();
		}

		@Override
		public int compareTo(Hostile other) {
			throw new AssertionError();
		}

		@Override
		public String toString() {
			throw new AssertionError();
		}

	}

}
