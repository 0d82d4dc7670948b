package io.github.secretsboot.holders;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a search and everything else go on beside each other.
 */
class ConcurrentSearchTests {

	private static final String VALUE = "canary-who-holds-me-1";

	private final SoughtValues values = SoughtValues.of(Map.of("partner.key", VALUE), List.of());

	private final HolderSearch search = new HolderSearch(SearchBudget.DEFAULT);

	private final ExecutorService executor = Executors.newCachedThreadPool();

	@AfterEach
	void shutDown() {
		this.executor.shutdownNow();
	}

	@Test
	void whenCollectionsChangeMeanwhileThenSearchNeverFails() throws Exception {
		List<Object> list = new ArrayList<>();
		Map<Object, Object> map = new HashMap<>();
		List<Root> roots = List.of(new Root("list", list), new Root("map", map),
				new Root("client", new Object[] { VALUE }));
		AtomicBoolean done = new AtomicBoolean();
		Future<?> changes = this.executor.submit(() -> {
			for (int i = 0; !done.get(); i++) {
				list.add(new Object[] { i });
				map.put(i, list);
				if (i % 1000 == 0) {
					list.clear();
					map.clear();
				}
			}
		});
		for (int i = 0; i < 500; i++) {
			assertThat(this.search.search(roots, this.values).holders()).extracting(Holder::bean)
				.containsExactly("client");
		}
		done.set(true);
		changes.get(10, TimeUnit.SECONDS);
	}

	@Test
	void whenOthersHoldLocksThenSearchDoesNotWait() throws Exception {
		Object locked = new Object[] { VALUE };
		Map<String, Object> table = new java.util.Hashtable<>(Map.of("github", VALUE));
		CountDownLatch isLocked = new CountDownLatch(1);
		CountDownLatch mayUnlock = new CountDownLatch(1);
		Future<?> locker = this.executor.submit(() -> {
			synchronized (locked) {
				synchronized (table) {
					isLocked.countDown();
					mayUnlock.await();
				}
			}
			return null;
		});
		isLocked.await();
		Future<HolderReport> report = this.executor
			.submit(() -> this.search.search(List.of(new Root("a", locked), new Root("b", table)), this.values));
		assertThat(report.get(10, TimeUnit.SECONDS).holders()).extracting(Holder::bean).containsExactly("a", "b");
		mayUnlock.countDown();
		locker.get(10, TimeUnit.SECONDS);
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void whenVirtualThreadsRunThenTheyArePassedOver() throws Exception {
		ExecutorService virtual = (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor")
			.invoke(null);
		CountDownLatch release = new CountDownLatch(1);
		String local = VALUE;
		List<Future<Integer>> tasks = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			tasks.add(virtual.submit(() -> {
				release.await();
				return local.length();
			}));
		}
		Future<HolderReport> report = virtual.submit(() -> this.search
			.search(List.of(new Root("executor", virtual), new Root("client", new Object[] { VALUE })), this.values));
		assertThat(report.get(10, TimeUnit.SECONDS).holders()).extracting(Holder::bean).containsExactly("client");
		release.countDown();
		for (Future<Integer> task : tasks) {
			assertThat(task.get(10, TimeUnit.SECONDS)).isEqualTo(VALUE.length());
		}
		virtual.shutdown();
	}

}
