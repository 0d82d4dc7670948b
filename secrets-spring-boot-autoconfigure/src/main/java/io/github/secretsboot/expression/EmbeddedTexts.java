package io.github.secretsboot.expression;

import java.lang.ref.WeakReference;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;

/**
 * Remembers which text of the application the text was made of that a thread has just
 * resolved: it has the first and the last of the embedded value resolvers of a bean
 * factory. Whoever resolves such a text evaluates it next, on the same thread.
 * <p>
 * Keeps no value alive, and leaves no object of a class of ours on a thread.
 */
final class EmbeddedTexts {

	private final Marking marking;

	private final ConfigurableBeanFactory beanFactory;

	private final ThreadLocal<@Nullable String> original = new ThreadLocal<>();

	private final ThreadLocal<@Nullable Marks> marks = new ThreadLocal<>();

	private final ThreadLocal<Map.@Nullable Entry<String, WeakReference<String>>> resolved = new ThreadLocal<>();

	private volatile int others;

	private volatile boolean resolvesToMarks;

	private volatile boolean expressionsOnly = true;

	EmbeddedTexts(Marking marking, ConfigurableBeanFactory beanFactory) {
		this.marking = marking;
		this.beanFactory = beanFactory;
	}

	/**
	 * Add the first resolver.
	 * @param others how many there will be before the last one
	 */
	void begin(int others) {
		this.beanFactory.addEmbeddedValueResolver((text) -> this.marking.isUnderWay() ? text : begin(text));
		this.others = others;
	}

	/**
	 * Add the last resolver.
	 */
	void end() {
		this.beanFactory.addEmbeddedValueResolver((text) -> this.marking.isUnderWay() ? text : end(text));
		// Of several resolvers each would resolve what a value says
		this.resolvesToMarks = this.others > 1;
	}

	/**
	 * Remember also texts without <code>#&#123;</code>, where that need not begin
	 * expressions.
	 */
	void rememberAll() {
		this.expressionsOnly = false;
	}

	private String begin(String text) {
		this.original.set(text);
		MarkedText marked = this.resolvesToMarks ? mark(text) : null;
		if (marked == null) {
			return text;
		}
		this.marks.set(marked.marks());
		return marked.withoutPlaceholders();
	}

	private String end(String text) {
		String result = this.resolvesToMarks ? withValues(text) : text;
		String original = this.original.get();
		this.original.set(null);
		if (original != null && (!this.expressionsOnly || result.contains(SecretExpressionResolver.PREFIX))) {
			this.resolved.set(Map.entry(original, new WeakReference<>(result)));
		}
		return result;
	}

	private String withValues(String text) {
		Marks marks = this.marks.get();
		this.marks.remove();
		return (marks != null) ? marks.replaceIn(text) : text;
	}

	/**
	 * Mark the values in a text.
	 * @return the marked text, or {@code null} if this is not what the current thread has
	 * just resolved
	 */
	@Nullable MarkedText find(String text) {
		Map.Entry<String, WeakReference<String>> last = this.resolved.get();
		if (last == null || !last.getValue().refersTo(text)) {
			return null;
		}
		if (last.getKey() == text) {
			return this.marking.unmarked(text);
		}
		MarkedText marked = mark(last.getKey());
		// Several resolvers may have taken a value apart, and no search would find it
		// again
		return (marked == null && this.resolvesToMarks) ? this.marking.value(text) : marked;
	}

	private @Nullable MarkedText mark(String text) {
		return this.marking.resolve(this.marking.unmarked(text), this.beanFactory::resolveEmbeddedValue);
	}

}
