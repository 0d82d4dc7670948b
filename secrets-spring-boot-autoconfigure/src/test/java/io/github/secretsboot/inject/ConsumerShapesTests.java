package io.github.secretsboot.inject;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.consumers.SecretConsumer;
import io.github.secretsboot.consumers.SecretConsumer.Mode;
import io.github.secretsboot.consumers.SecretConsumers;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.inject.BoundShapes.ImmutableClass;
import io.github.secretsboot.inject.BoundShapes.ImmutableRecord;
import io.github.secretsboot.inject.BoundShapes.JavaBean;
import io.github.secretsboot.inject.BoundShapes.ThirdParty;
import io.github.secretsboot.inject.BoundShapes.WithDependency;
import io.github.secretsboot.inject.ConsumerShapes.Expressions;
import io.github.secretsboot.inject.ConsumerShapes.Fields;
import io.github.secretsboot.inject.ConsumerShapes.Held;
import io.github.secretsboot.inject.ConsumerShapes.LazyBean;
import io.github.secretsboot.inject.ConsumerShapes.Methods;
import io.github.secretsboot.inject.ConsumerShapes.OfConstructor;
import io.github.secretsboot.inject.ConsumerShapes.OfRecord;
import io.github.secretsboot.inject.ConsumerShapes.Prototype;
import io.github.secretsboot.inject.ConsumerShapes.PrototypeHolder;
import io.github.secretsboot.inject.ConsumerShapes.Proxied;
import io.github.secretsboot.inject.ConsumerShapes.Refreshed;
import io.github.secretsboot.inject.ConsumerShapes.Typed;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * A table of the shapes of injection: who is listed as live or frozen, and what each
 * holds before and after a rotation.
 */
class ConsumerShapesTests {

	private static final String KEY = "STRIPE_SECRET_KEY";

	private static final String KEY_BEFORE = "canary-key-1";

	private static final String KEY_AFTER = "canary-key-2";

	private static SecretsManagerServer server;

	private static ConfigurableApplicationContext context;

	private static List<SecretConsumer> listedBefore;

	private static List<SecretConsumer> listedAfter;

	private static final Map<String, Object> heldBefore = new HashMap<>();

	@BeforeAll
	static void runAndRotate() {
		server = SecretsManagerServer.start();
		server.create("myapp/api-keys", content(1));
		server.create("myapp/key-store", bytes(1));
		context = TestApplication.builder(ConsumerShapes.class, BoundShapes.class)
			.properties("app.through=through ${stripe.secret-key}", "bound.through=bound ${app.through}",
					"selected.name=stripe.secret-key")
			.run(server.arguments("--secrets.sources=myapp/api-keys,myapp/key-store"));
		context.getBean(LazyBean.class);
		listedBefore = context.getBean(SecretConsumers.class).list();
		shapes().forEach((shape) -> heldBefore.put(shape.toString(), shape.held(context)));
		server.rotate("myapp/api-keys", content(2));
		server.rotate("myapp/key-store", bytes(2));
		assertThat(context.getBean(Secrets.class).refresh().changes()).hasSize(2);
		listedAfter = context.getBean(SecretConsumers.class).list();
	}

	private static Map<String, String> content(int number) {
		Map<String, String> content = new HashMap<>();
		content.put(KEY, "canary-key-" + number);
		content.put("OTHER_KEY", "canary-other");
		content.put("POOL_SIZE", "1" + number);
		content.put("POOL_TIMEOUT", number + "s");
		content.put("STRIPE_URI", "https://canary-" + number + ".example");
		content.put("STRIPE_NAMES", "canary-a,canary-" + number);
		content.put("BOUND_SECRETKEY", "canary-bound-" + number);
		content.put("BOUND_LABELS_FIRST", "canary-label-" + number);
		content.put("BOUND_NAMES_0", "canary-name-" + number);
		content.put("BOUND_FINALNAMES_0", "canary-name-" + number);
		content.put("BOUND_NESTED_PASSWORD", "canary-password-" + number);
		content.put("PARTY_TOKEN", "canary-token-" + number);
		content.put("DEPENDENT_TOKEN", "canary-token-" + number);
		return content;
	}

	private static byte[] bytes(int number) {
		return ("canary-bytes-" + number).getBytes(StandardCharsets.UTF_8);
	}

	@AfterAll
	static void close() {
		context.close();
		server.close();
	}

	@ParameterizedTest
	@MethodSource("arguments")
	void whenShapeIsListedThenModeAndPropertiesAreRight(Shape shape) {
		SecretConsumer expected = new SecretConsumer(shape.bean, shape.member, shape.properties, shape.mode);
		assertThat(listedBefore).contains(expected);
		assertThat(listedAfter).contains((shape.mode == Mode.LIVE) ? expected : expected.asOutdated());
	}

	@ParameterizedTest
	@MethodSource("arguments")
	void whenSecretRotatesThenShapeHoldsWhatItsModeSays(Shape shape) {
		assertThat(heldBefore.get(shape.toString())).isEqualTo(shape.before);
		assertThat(shape.held(context)).isEqualTo((shape.mode == Mode.LIVE) ? shape.after : shape.before);
	}

	@Test
	void whenBeansAreListedThenThereIsOneEntryForEachShape() {
		assertThat(listedBefore).hasSameSizeAs(shapes().toList()).hasSameSizeAs(listedAfter);
	}

	@Test
	void whenBeanHoldsNoSecretThenItIsNotListed() {
		assertThat(listedAfter).noneMatch((consumer) -> consumer.bean().toLowerCase().contains("unrelated"))
			.noneMatch((consumer) -> consumer.member().equals("notSecret"));
	}

	@Test
	void whenPrototypeIsCreatedAfterRotationThenItHasTheNewValue() {
		assertThat(context.getBean(Prototype.class).field).isEqualTo(KEY_AFTER);
	}

	static Stream<?> arguments() {
		return shapes().map((shape) -> argumentSet(shape.toString(), shape));
	}

	private static Stream<Shape> shapes() {
		return Stream.of(fields(), typed(), methods(), expressions(), beans(), bound()).flatMap(Function.identity());
	}

	private static Stream<Shape> fields() {
		return Stream.of(key(Fields.class, "ofPrivate", Fields::ofPrivate),
				key(Fields.class, "ofPackage", (bean) -> bean.ofPackage),
				key(Fields.class, "ofVolatile", (bean) -> bean.ofVolatile),
				key(Fields.class, "ofFinal", Fields::ofFinal), key(Fields.class, "inherited", Fields::inherited),
				key(Fields.class, "ofMetaAnnotation", (bean) -> bean.ofMetaAnnotation));
	}

	private static Stream<Shape> typed() {
		return Stream.of(shape(Typed.class, "number", "POOL_SIZE", (bean) -> bean.number, 11, 12),
				shape(Typed.class, "duration", "POOL_TIMEOUT", (bean) -> bean.duration, Duration.ofSeconds(1),
						Duration.ofSeconds(2)),
				shape(Typed.class, "uri", "STRIPE_URI", (bean) -> bean.uri, URI.create("https://canary-1.example"),
						URI.create("https://canary-2.example")),
				shape(Typed.class, "bytes", "key-store", (bean) -> new String(bean.bytes, StandardCharsets.UTF_8),
						"canary-bytes-1", "canary-bytes-2"),
				shape(Typed.class, "list", "STRIPE_NAMES", (bean) -> bean.list, List.of("canary-a", "canary-1"),
						List.of("canary-a", "canary-2")));
	}

	private static Stream<Shape> methods() {
		Shape several = new Shape(Methods.class.getName(), "setSeveral", Mode.LIVE, Set.of(KEY, "OTHER_KEY"),
				(context) -> {
					Methods bean = context.getBean(Methods.class);
					return List.of(bean.first, bean.second);
				}, List.of(KEY_BEFORE, "canary-other"), List.of(KEY_AFTER, "canary-other"));
		return Stream.of(key(Methods.class, "setOnMethod", (bean) -> bean.onMethod),
				key(Methods.class, "setOnParameter", (bean) -> bean.onParameter), several);
	}

	private static Stream<Shape> expressions() {
		return Stream.of(key(Expressions.class, "nestedName", (bean) -> bean.nestedName),
				key(Expressions.class, "nestedDefault", (bean) -> bean.nestedDefault),
				key(Expressions.class, "withDefault", (bean) -> bean.withDefault),
				shape(Expressions.class, "through", KEY, (bean) -> bean.through, "through " + KEY_BEFORE,
						"through " + KEY_AFTER),
				shape(Expressions.class, "expression", KEY, (bean) -> bean.expression, KEY_BEFORE + "-more",
						KEY_AFTER + "-more"),
				key(Expressions.class, "ofEnvironment", (bean) -> bean.ofEnvironment));
	}

	private static Stream<Shape> beans() {
		return Stream.of(
				key(ConsumerShapes.class, "ofConfiguration", ConsumerShapes::ofConfiguration).named("consumerShapes"),
				key(Proxied.class, "field", Proxied::value), key(LazyBean.class, "field", (bean) -> bean.field),
				key(Refreshed.class, "field", Refreshed::value).named("scopedTarget." + Refreshed.class.getName()),
				key(OfConstructor.class, "parameter", (bean) -> bean.value).frozen(),
				key(OfRecord.class, "component", OfRecord::component).frozen(),
				key(PrototypeHolder.class, "field", (bean) -> bean.prototype().field).frozen()
					.named(Prototype.class.getName()),
				new Shape("beanMethod", "parameter", Mode.FROZEN, Set.of(KEY),
						(context) -> context.getBean("beanMethod", Held.class).value(), KEY_BEFORE, KEY_AFTER),
				new Shape(ConsumerShapes.Factory.class.getName(), "field", Mode.FROZEN, Set.of(KEY),
						(context) -> context.getBean(ConsumerShapes.Factory.class.getName(), Held.class).value(),
						KEY_BEFORE, KEY_AFTER));
	}

	private static Stream<Shape> bound() {
		return Stream.of(
				bound("bound", JavaBean.class, "secretKey", "BOUND_SECRETKEY", JavaBean::getSecretKey, "canary-bound-"),
				bound("bound", JavaBean.class, "through", KEY, JavaBean::getThrough, "bound through canary-key-"),
				bound("bound", JavaBean.class, "labels.first", "BOUND_LABELS_FIRST",
						(bean) -> bean.getLabels().get("first"), "canary-label-"),
				bound("bound", JavaBean.class, "names[0]", "BOUND_NAMES_0", (bean) -> bean.getNames().get(0),
						"canary-name-"),
				bound("bound", JavaBean.class, "finalNames[0]", "BOUND_FINALNAMES_0",
						(bean) -> bean.getFinalNames().get(0), "canary-name-"),
				bound("bound", JavaBean.class, "nested.password", "BOUND_NESTED_PASSWORD",
						(bean) -> bean.getNested().getPassword(), "canary-password-"),
				bound("dependent", WithDependency.class, "token", "DEPENDENT_TOKEN", WithDependency::getToken,
						"canary-token-"),
				bound("party", ThirdParty.class, "token", "PARTY_TOKEN", ThirdParty::getToken, "canary-token-")
					.named("thirdParty"),
				bound("bound", ImmutableRecord.class, "secretKey", "BOUND_SECRETKEY", ImmutableRecord::secretKey,
						"canary-bound-")
					.frozen(),
				bound("bound", ImmutableRecord.class, "labels.first", "BOUND_LABELS_FIRST",
						(bean) -> bean.labels().get("first"), "canary-label-")
					.frozen(),
				bound("party", ImmutableClass.class, "token", "PARTY_TOKEN", ImmutableClass::token, "canary-token-")
					.frozen());
	}

	private static <T> Shape bound(String prefix, Class<T> type, String member, String property,
			Function<T, Object> held, String value) {
		return shape(type, member, property, held, value + 1, value + 2).named(prefix + "-" + type.getName());
	}

	private static <T> Shape key(Class<T> type, String member, Function<T, Object> held) {
		return shape(type, member, KEY, held, KEY_BEFORE, KEY_AFTER);
	}

	private static <T> Shape shape(Class<T> type, String member, String property, Function<T, Object> held,
			Object before, Object after) {
		return new Shape(type.getName(), member, Mode.LIVE, Set.of(property),
				(context) -> held.apply(context.getBean(type)), before, after);
	}

	/**
	 * A row of the table.
	 *
	 * @param bean the name of the bean
	 * @param member the member
	 * @param mode what it is listed as
	 * @param properties the properties that it is listed with
	 * @param holder looks what it holds
	 * @param before what it holds before the rotation
	 * @param after what it holds after the rotation if it is live
	 */
	private record Shape(String bean, String member, Mode mode, Set<String> properties,
			Function<ApplicationContext, Object> holder, Object before, Object after) {

		@Override
		public String toString() {
			return this.bean + "#" + this.member;
		}

		Object held(ApplicationContext context) {
			return this.holder.apply(context);
		}

		Shape named(String name) {
			return new Shape(name, this.member, this.mode, this.properties, this.holder, this.before, this.after);
		}

		Shape frozen() {
			return new Shape(this.bean, this.member, Mode.FROZEN, this.properties, this.holder, this.before,
					this.after);
		}

	}

}
