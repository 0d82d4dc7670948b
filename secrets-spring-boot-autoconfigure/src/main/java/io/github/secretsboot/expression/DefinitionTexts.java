package io.github.secretsboot.expression;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanDefinitionVisitor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.StringValueResolver;

/**
 * Looks at the texts in bean definitions before and after their placeholders are
 * resolved, so that the origin of each is known when it is evaluated.
 */
final class DefinitionTexts {

	private final Marking marking;

	private final SecretSearch search;

	private final ConfigurableListableBeanFactory beanFactory;

	/** Texts whose placeholders others resolve, by identity as all of these. */
	private final Map<String, MarkedText> originals = new IdentityHashMap<>();

	/** Texts that are kept from others, by what takes their place. */
	private final Map<String, MarkedText> kept = new IdentityHashMap<>();

	/** The resolved texts: another one may look the same. */
	private volatile Map<String, MarkedText> texts = Map.of();

	DefinitionTexts(Marking marking, SecretSearch search, ConfigurableListableBeanFactory beanFactory) {
		this.marking = marking;
		this.search = search;
		this.beanFactory = beanFactory;
	}

	/**
	 * Look at all texts before placeholders are resolved. Somebody may have registered a
	 * bean with the value of a secret, so that there are placeholders to be escaped.
	 * Where several resolve them, and the later ones would also resolve what a value
	 * says, they do not get to see the text.
	 * @param resolvers how many will resolve placeholders
	 */
	void begin(int resolvers) {
		boolean keep = resolvers > 1;
		visit((text) -> {
			boolean placeholder = text.contains("${");
			return (placeholder || isExpression(text)) ? begin(text, placeholder && keep, resolvers > 0) : text;
		});
	}

	private String begin(String text, boolean keep, boolean escape) {
		MarkedText marked = this.search.mark(text);
		if (keep) {
			String replacement = marked.marks().mark(text, Set.of());
			this.kept.put(replacement, marked);
			return replacement;
		}
		String escaped = (escape && marked.hasMarks()) ? marked.escapedValue() : text;
		String original = escaped.equals(text) ? text : escaped;
		this.originals.put(original, marked);
		return original;
	}

	private static boolean isExpression(String text) {
		return text.contains(SecretExpressionResolver.PREFIX);
	}

	/**
	 * Look at all texts after placeholders have been resolved.
	 */
	void end() {
		if (!this.originals.isEmpty() || !this.kept.isEmpty()) {
			Map<String, MarkedText> resolved = resolveAll();
			Map<String, MarkedText> texts = new IdentityHashMap<>();
			visit((text) -> end(text, resolved, texts));
			this.texts = texts;
			this.originals.clear();
			this.kept.clear();
		}
	}

	/**
	 * What the originals are resolved to. If several are to the same text, nobody knows
	 * which of them it was.
	 */
	private Map<String, MarkedText> resolveAll() {
		Map<String, MarkedText> resolved = new HashMap<>();
		Set<String> ambiguous = new HashSet<>();
		this.originals.values().forEach((original) -> {
			MarkedText marked = resolve(original);
			if (marked != null) {
				MarkedText other = resolved.put(marked.value(), marked);
				if (other != null && !other.text().equals(marked.text())) {
					ambiguous.add(marked.value());
				}
			}
		});
		resolved.keySet().removeAll(ambiguous);
		return resolved;
	}

	private @Nullable MarkedText resolve(MarkedText text) {
		return this.marking.resolve(text, this.beanFactory::resolveEmbeddedValue);
	}

	private String end(String text, Map<String, MarkedText> resolved, Map<String, MarkedText> texts) {
		MarkedText marked = find(text, resolved);
		if (marked == null) {
			return text;
		}
		String value = marked.value();
		String result = value.equals(text) ? text : value;
		texts.put(result, marked);
		return result;
	}

	private @Nullable MarkedText find(String text, Map<String, MarkedText> resolved) {
		MarkedText kept = this.kept.get(text);
		if (kept != null) {
			return resolveKept(kept);
		}
		MarkedText marked = this.originals.getOrDefault(text, resolved.get(text));
		return (marked == null && isExpression(text)) ? this.search.mark(text) : marked;
	}

	private MarkedText resolveKept(MarkedText text) {
		MarkedText resolved = resolve(text);
		if (resolved != null) {
			return resolved;
		}
		// What cannot be resolved is to fail as it would have without us
		String result = this.beanFactory.resolveEmbeddedValue(text.escapedValue());
		return this.search.mark(Objects.requireNonNullElse(result, ""));
	}

	private void visit(StringValueResolver visitor) {
		BeanDefinitionVisitor definitions = new BeanDefinitionVisitor(visitor);
		for (String name : this.beanFactory.getBeanDefinitionNames()) {
			definitions.visitBeanDefinition(this.beanFactory.getBeanDefinition(name));
		}
	}

	/**
	 * Mark the values in a text.
	 * @return the marked text, or {@code null} if this is not the text of a bean
	 * definition
	 */
	@Nullable MarkedText find(String text) {
		return this.texts.get(text);
	}

}
