package io.github.secretsboot.report;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.secretsboot.consumers.ConsumerReport.Search;
import io.github.secretsboot.consumers.SecretConsumer;
import io.github.secretsboot.holders.Holder;
import io.github.secretsboot.holders.HolderReport;
import io.github.secretsboot.holders.HolderSearch;
import io.github.secretsboot.holders.SearchBudget;
import io.github.secretsboot.holders.SoughtValues;
import io.github.secretsboot.refresh.SecretsEngine;
import org.jspecify.annotations.Nullable;

/**
 * What searches have found so far. One search runs at a time, whoever asks; readers see
 * all of a search or none of it.
 */
class Findings {

	private static final HolderSearch SEARCH = new HolderSearch(SearchBudget.DEFAULT);

	private final SecretsEngine engine;

	private final WatchedContexts contexts;

	private volatile int begun;

	private volatile Found found = new Found(List.of(), List.of(), null);

	Findings(SecretsEngine engine, WatchedContexts contexts) {
		this.engine = engine;
		this.contexts = contexts;
	}

	/**
	 * Look for those who hold former values. Those of earlier rotations stay found,
	 * unless they have been given the values in use since.
	 */
	synchronized void searchFormer(FormerValues former) {
		if (!this.found.outdated.isEmpty()) {
			searchCurrent();
		}
		List<Object> current = FormerValues.current(this.engine.state())
			.stream()
			.<Object>map(Map.Entry::getValue)
			.toList();
		List<Holder> holders = search(SoughtValues.of(former.values(), current));
		List<Holder> outdated = Stream.concat(this.found.outdated.stream(), holders.stream()).distinct().toList();
		this.found = new Found(Places.remaining(this.found.current, holders), outdated, this.found.last);
	}

	/**
	 * Look for those who hold the values in use. Concurrent callers share a search.
	 */
	void searchCurrentOnce() {
		int before = this.begun;
		synchronized (this) {
			// One that began after somebody asked, and is over, tells all that another
			// would
			if (this.begun == before) {
				searchCurrent();
			}
		}
	}

	private synchronized void searchCurrent() {
		this.begun++;
		List<Holder> holders = search(SoughtValues.of(FormerValues.current(this.engine.state()), Set.of()));
		this.found = new Found(holders, Places.remaining(this.found.outdated, holders), this.found.last);
	}

	private List<Holder> search(SoughtValues values) {
		HolderReport report = SEARCH.search(this.contexts.roots(), values);
		Search last = new Search(this.engine.clock().instant(), report.time(), report.objects(), report.complete(),
				report.unopened(), report.unsought());
		this.found = new Found(this.found.current, this.found.outdated, last);
		return report.holders();
	}

	List<SecretConsumer> list() {
		Found found = this.found;
		return new Places(this.engine.consumers().list(), found.current, found.outdated).consumers();
	}

	List<SecretConsumer> outdated() {
		return new Places(this.engine.consumers().outdated(), List.of(), this.found.outdated).consumers();
	}

	@Nullable Search lastSearch() {
		return this.found.last;
	}

	/**
	 * What has been found.
	 *
	 * @param current the holders of values that were in use at the last search for those
	 * @param outdated the holders of former values
	 * @param last the last search
	 */
	private record Found(List<Holder> current, List<Holder> outdated, @Nullable Search last) {
	}

}
