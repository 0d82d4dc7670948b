package io.github.secretsboot.holders;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import io.github.secretsboot.SecretSnapshot;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what a search looks at, what it leaves alone and where it ends.
 */
class HolderSearchTests {

	private static final String VALUE = "canary-who-holds-me-1";

	private final SoughtValues values = SoughtValues.of(Map.of("partner.key", VALUE), List.of());

	@Test
	void whenTwoBeansHaveTheSameTextThenBothAreNamed() {
		assertThat(places(new Root("a", new Client(VALUE)), new Root("b", new Client(VALUE)))).containsExactly("a.key",
				"b.key");
	}

	@Test
	void whenOneBeanIsReachedThroughAnotherThenItIsNamedItself() {
		Client client = new Client(VALUE);
		assertThat(places(new Root("service", List.of(client)), new Root("client", client)))
			.containsExactly("client.key");
	}

	@Test
	void whenTwoBeansShareAnObjectThenTheNearestIsNamed() {
		Client shared = new Client(VALUE);
		assertThat(places(new Root("far", List.of(List.of(shared))), new Root("near", List.of(shared))))
			.containsExactly("near.[0].key");
	}

	@Test
	void whenObjectHasSeveralValuesThenItsPropertiesAreNamedTogether() {
		SoughtValues both = SoughtValues.of(Map.of("db.user", "canary-user", "db.password", VALUE, "same", VALUE),
				List.of());
		HolderReport report = search(both, SearchBudget.DEFAULT, "jdbc:x?user=canary-user&password=" + VALUE);
		assertThat(report.holders())
			.containsExactly(new Holder("bean", "", Set.of("db.user", "db.password", "same"), ValueForm.PART));
	}

	@Test
	void whenListHasValueManyTimesThenItIsOnePlace() {
		assertThat(search(Collections.nCopies(1000, VALUE)).holders()).hasSize(1);
	}

	@Test
	void whenCollectionIsNotTheJdksThenItIsNotIterated() {
		LazyList lazy = new LazyList(VALUE);
		assertThat(places(new Root("bean", lazy))).containsExactly("bean.owner");
		assertThat(places(new Root("bean", Collections.unmodifiableList(lazy)))).containsExactly("bean.owner");
	}

	@Test
	void whenSubclassOfTheJdksOverridesItsIterationThenItIsNotCalledButCounted() {
		HolderReport report = search(new OwnMap(VALUE));
		assertThat(report.holders()).isEmpty();
		assertThat(report.unopened()).containsEntry("java.util.HashMap", 1);
	}

	@Test
	void whenClassOfFieldIsAbsentThenItsObjectIsCountedAndOthersAreRead() throws Exception {
		Object broken = new FilteredLoader().loadClass(WithAbsentField.class.getName())
			.getDeclaredConstructor()
			.newInstance();
		HolderReport report = search(List.of(broken, new Client(VALUE)));
		assertThat(report.holders()).hasSize(1);
		assertThat(report.unopened()).containsOnlyKeys(WithAbsentField.class.getName());
	}

	@Test
	void whenClassIsNotInitializedThenItStaysSo() {
		search(new WithUninitialized());
		assertThat(initialized).isFalse();
	}

	@Test
	void whenValueIsOnTheWayToBeansThenThatIsPassedOver() {
		StandardEnvironment environment = new StandardEnvironment();
		MapPropertySource source = new MapPropertySource("test", Map.of("partner.key", VALUE));
		environment.getPropertySources().addFirst(source);
		DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();
		beanFactory.registerSingleton("client", new Client(VALUE));
		ThreadLocal<Object> threadLocal = ThreadLocal.withInitial(() -> VALUE);
		assertThat(search(List.of(environment, environment.getPropertySources(), source, beanFactory, threadLocal,
				new IllegalStateException(VALUE)))
			.holders()).isEmpty();
	}

	@Test
	void whenBufferHasRemainsOfWhatPassedThroughItThenTheyArePassedOver() {
		JsonMapper mapper = new JsonMapper();
		assertThat(mapper.readTree("{\"key\":\"" + VALUE + "\"}").get("key").stringValue()).isEqualTo(VALUE);
		assertThat(search(mapper).holders()).isEmpty();
	}

	@Test
	void whenApplicationKeepsSnapshotThenItIsFound() {
		SecretSnapshot snapshot = SecretSnapshot.of("partner", Map.of("partner.key", VALUE));
		assertThat(search(snapshot).holders()).hasSize(1);
	}

	@Test
	void whenObjectsAreTooManyThenReportSaysSo() {
		SearchBudget budget = new SearchBudget(1000, 1_000_000, 50, 10, Duration.ofMinutes(1));
		HolderReport report = search(this.values, budget,
				IntStream.range(0, 2000).mapToObj((i) -> new Object[1]).toList());
		assertThat(report.complete()).isFalse();
		assertThat(report.objects()).isEqualTo(1000);
	}

	@Test
	void whenListIsVeryLongThenItsBeginningAndAllElseAreSearched() {
		List<Object> list = new ArrayList<>(Collections.nCopies(1_000_000, List.of("x")));
		list.set(0, new Client(VALUE));
		HolderReport report = search(List.of(list, new Client(VALUE)));
		assertThat(report.holders()).extracting(Holder::member).containsExactly("[1].key", "[0][0].key");
		assertThat(report.complete()).isFalse();
		assertThat(report.objects()).isLessThan(SearchBudget.DEFAULT.elements() + 10);
	}

	@Test
	void whenWayIsTooLongThenReportSaysSo() {
		Object nested = VALUE;
		for (int i = 0; i < 100; i++) {
			nested = new Object[] { nested };
		}
		HolderReport report = search(nested);
		assertThat(report.holders()).isEmpty();
		assertThat(report.complete()).isFalse();
	}

	@Test
	void whenHoldersAreTooManyThenReportSaysSo() {
		List<Client> clients = IntStream.range(0, 2000).mapToObj((i) -> new Client(VALUE)).toList();
		HolderReport report = search(clients);
		assertThat(report.holders()).hasSize(SearchBudget.DEFAULT.holders());
		assertThat(report.complete()).isFalse();
	}

	@Test
	void whenTimeIsOverThenSearchEnds() {
		AtomicLong nanoTime = new AtomicLong();
		HolderSearch search = new HolderSearch(new SearchBudget(500_000, 20_000, 50, 10, Duration.ofSeconds(5)),
				() -> nanoTime.addAndGet(Duration.ofSeconds(1).toNanos()));
		HolderReport report = search.search(
				List.of(new Root("bean", IntStream.range(0, 10_000).mapToObj((i) -> new Object[1]).toList())),
				this.values);
		assertThat(report.complete()).isFalse();
		assertThat(report.objects()).isLessThan(2000);
	}

	@Test
	void whenThreadIsInterruptedThenSearchEndsAndThreadStaysInterrupted() {
		Thread.currentThread().interrupt();
		HolderReport report = search(IntStream.range(0, 10_000).mapToObj((i) -> new Object[1]).toList());
		assertThat(Thread.interrupted()).isTrue();
		assertThat(report.complete()).isFalse();
		assertThat(report.objects()).isLessThan(1000);
	}

	@Test
	void whenSearchIsOverThenItKeepsNothing() {
		HolderSearch search = new HolderSearch(SearchBudget.DEFAULT);
		Client client = new Client(VALUE);
		HolderReport report = search.search(List.of(new Root("bean", client)), this.values);
		WeakReference<Client> reference = new WeakReference<>(client);
		client = null;
		Awaitility.await().until(() -> {
			System.gc();
			return reference.get() == null;
		});
		assertThat(report.holders()).hasSize(1);
		assertThat(search).isNotNull();
	}

	private HolderReport search(Object bean) {
		return search(this.values, SearchBudget.DEFAULT, bean);
	}

	private HolderReport search(SoughtValues values, SearchBudget budget, Object bean) {
		return new HolderSearch(budget).search(List.of(new Root("bean", bean)), values);
	}

	private List<String> places(Root... roots) {
		return new HolderSearch(SearchBudget.DEFAULT).search(List.of(roots), this.values)
			.holders()
			.stream()
			.map((holder) -> holder.bean() + "." + holder.member())
			.toList();
	}

	private static boolean initialized;

	record Client(String key) {
	}

	/** As Hibernate's, which asks the database as soon as somebody looks into it. */
	static class LazyList extends AbstractList<Object> implements Serializable {

		@SuppressWarnings("unused")
		private final String owner;

		LazyList(String owner) {
			this.owner = owner;
		}

		@Override
		public Object get(int index) {
			throw new AssertionError("Nobody is to look into this");
		}

		@Override
		public Iterator<Object> iterator() {
			throw new AssertionError("Nobody is to look into this");
		}

		@Override
		public int size() {
			throw new AssertionError("Nobody is to look into this");
		}

		private void writeObject(ObjectOutputStream stream) {
			throw new AssertionError("Nobody is to write this");
		}

	}

	static class OwnMap extends HashMap<String, String> {

		OwnMap(String value) {
			put("github", value);
		}

		@Override
		public Set<Map.Entry<String, String>> entrySet() {
			throw new AssertionError("Nobody is to call this");
		}

	}

	static class Absent {

	}

	public static class WithAbsentField {

		public Absent absent;

		public String key = VALUE;

	}

	static class FilteredLoader extends FilteredClassLoader {

		FilteredLoader() {
			super(Absent.class);
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (!name.equals(WithAbsentField.class.getName())) {
				return super.loadClass(name, resolve);
			}
			try (InputStream stream = getResourceAsStream(name.replace('.', '/') + ".class")) {
				byte[] bytes = stream.readAllBytes();
				return defineClass(name, bytes, 0, bytes.length);
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}

	}

	static class WithUninitialized {

		@SuppressWarnings("unused")
		private Uninitialized none;

		@SuppressWarnings("unused")
		private final Class<?> type = Uninitialized.class;

		@SuppressWarnings("unused")
		private final Uninitialized[] array = new Uninitialized[1];

	}

	static class Uninitialized {

		@SuppressWarnings("unused")
		private static final String KEY = VALUE;

		static {
			initialized = true;
		}

	}

}
