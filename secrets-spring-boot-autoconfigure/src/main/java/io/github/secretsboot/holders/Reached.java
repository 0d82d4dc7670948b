package io.github.secretsboot.holders;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * An object that a search has come to, and the way to it.
 */
final class Reached {

	/** What Spring calls the bean behind a scoped proxy, and a scope keeps it under. */
	private static final String SCOPED_TARGET = "scopedTarget.";

	private final String bean;

	private final @Nullable Reached owner;

	private final Step step;

	private final Object object;

	private final int depth;

	private Reached(String bean, @Nullable Reached owner, Step step, Object object) {
		this.bean = bean;
		this.owner = owner;
		this.step = step;
		this.object = object;
		this.depth = (owner != null) ? owner.depth + 1 : 0;
	}

	/**
	 * Where the way begins: one step before the bean.
	 */
	static Reached before(Root root) {
		return new Reached(root.bean(), null, Step.NONE, root);
	}

	Reached next(Step next, Object value) {
		return new Reached(this.bean, this, next, value);
	}

	Object object() {
		return this.object;
	}

	int depth() {
		return this.depth;
	}

	/**
	 * Describe a place that is one step further. The way begins anew where a scope keeps
	 * a bean.
	 */
	Holder holder(Step last, Match match, PublicNames names) {
		String from = this.bean;
		StringBuilder way = new StringBuilder();
		for (Step next : stepsTo(last)) {
			if (next instanceof Step.Entry entry && entry.key() instanceof String key
					&& key.startsWith(SCOPED_TARGET)) {
				from = key.substring(SCOPED_TARGET.length());
				way.setLength(0);
			}
			else {
				next.appendTo(way, names);
			}
		}
		return new Holder(names.ofBean(from), way.toString(), match.properties(), match.form(), behind());
	}

	private Behind behind() {
		Behind behind = Behind.NOTHING;
		for (Reached reached = this; reached != null; reached = reached.owner) {
			behind = behind.or(Behind.of(reached.object.getClass()));
		}
		return behind;
	}

	private Deque<Step> stepsTo(Step last) {
		Deque<Step> steps = new ArrayDeque<>();
		steps.addFirst(last);
		for (Reached reached = this; reached != null; reached = reached.owner) {
			steps.addFirst(reached.step);
		}
		return steps;
	}

	@Override
	public String toString() {
		return "Something reached from " + this.bean;
	}

}
