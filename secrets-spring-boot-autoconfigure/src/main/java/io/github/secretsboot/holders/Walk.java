package io.github.secretsboot.holders;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NativeDetector;

/**
 * One walk from beans to all that they reach, nearest first, that looks at each text on
 * the way and goes to each other object once. For one thread.
 */
final class Walk {

	/** How often an object is read that others change meanwhile. */
	private static final int ATTEMPTS = 3;

	private final ValueFinder finder;

	private final PublicNames names;

	private final BudgetMeter meter;

	private final ObjectReaders readers = new ObjectReaders();

	private final Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());

	private final Queue<Reached> reached = new ArrayDeque<>();

	private final Set<Holder> holders = new LinkedHashSet<>();

	private final Map<String, Integer> unopened = new HashMap<>();

	Walk(ValueFinder finder, PublicNames names, BudgetMeter meter) {
		this.finder = finder;
		this.names = names;
		this.meter = meter;
	}

	HolderReport from(Collection<Root> roots, Set<String> unsought) {
		for (Root root : roots) {
			// A client behind a follower is known by the name of its own bean
			if (Behind.of(root.object().getClass()) != Behind.FOLLOWER) {
				read(Reached.before(root), (before, contents) -> contents.add(Step.NONE, root.object()));
			}
		}
		for (Reached next = this.reached.poll(); next != null && !this.meter.isOver(); next = this.reached.poll()) {
			read(next, this.readers.of(next.object().getClass()));
		}
		boolean complete = this.meter.wasEnough() && !NativeDetector.inNativeImage();
		return new HolderReport(List.copyOf(this.holders), unsought, this.unopened, complete, this.meter.objects(),
				this.meter.time());
	}

	private void read(Reached next, ObjectReader reader) {
		Opened contents = new Opened(next);
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			try {
				reader.read(next.object(), contents);
				return;
			}
			catch (RuntimeException ex) {
				// It has changed meanwhile
			}
		}
		contents.addUnopened(next.object().getClass());
	}

	/**
	 * The object that is read.
	 */
	private final class Opened implements Contents {

		private final Reached owner;

		private @Nullable Set<Match> matchesOfElements;

		Opened(Reached owner) {
			this.owner = owner;
		}

		@Override
		public void add(Step step, @Nullable Object value) {
			if (value == null || Walk.this.meter.isOver()) {
				return;
			}
			ObjectReader reader = Walk.this.readers.of(value.getClass());
			if (reader instanceof TextReader texts) {
				Walk.this.meter.count();
				Walk.this.finder.find(texts.text(value)).ifPresent((match) -> addHolder(step, match));
			}
			else if (reader != ObjectReader.NOTHING && Walk.this.visited.add(value)) {
				Walk.this.meter.count();
				if (Walk.this.meter.allowsDepth(this.owner.depth())) {
					Walk.this.reached.add(this.owner.next(step, value));
				}
			}
		}

		private void addHolder(Step step, Match match) {
			if (step instanceof Step.Element && !isFirstElement(match)) {
				return;
			}
			if (Walk.this.meter.allowsHolder(Walk.this.holders.size())) {
				Walk.this.holders.add(this.owner.holder(step, match, Walk.this.names));
			}
		}

		/** A list that has the same value many times is one place. */
		private boolean isFirstElement(Match match) {
			if (this.matchesOfElements == null) {
				this.matchesOfElements = new HashSet<>();
			}
			return this.matchesOfElements.add(match);
		}

		@Override
		public boolean hasRoomAfter(int elements) {
			return Walk.this.meter.allowsElement(elements);
		}

		@Override
		public void addUnopened(Class<?> type) {
			// What follows a slash is the address of a hidden class
			String name = type.getName().split("/")[0];
			Walk.this.unopened.merge(Walk.this.names.ofBean(name), 1, Integer::sum);
		}

	}

}
