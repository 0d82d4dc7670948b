package io.github.secretsboot.expression;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
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

	/** By identity, as the others: another text may look the same. */
	private final IdentityHashMap<String, MarkedText> originals = new IdentityHashMap<>();

	private volatile IdentityHashMap<String, MarkedText> texts = new IdentityHashMap<>();

	DefinitionTexts(Marking marking, SecretSearch search, ConfigurableListableBeanFactory beanFactory) {
		this.marking = marking;
		this.search = search;
		this.beanFactory = beanFactory;
	}

	/**
	 * Look at all texts before placeholders are resolved.
	 * @param escape whether somebody will resolve them, so that placeholders have to be
	 * escaped that a value has brought in already: a bean has been registered with it
	 */
	void begin(boolean escape) {
		visit((text) -> (text.contains("${") || isExpression(text)) ? begin(text, escape) : text);
	}

	private String begin(String text, boolean escape) {
		MarkedText marked = this.search.mark(text);
		String escaped = (escape && marked.hasMarks()) ? marked.escapedValue() : text;
		String original = escaped.equals(text) ? text : escaped;
		this.originals.put(original, marked);
		return original;
	}

	private static boolean isExpression(String text) {
		return text.contains(SecretExpressionResolver.PREFIX);
	}

	/**
	 * Look at all texts after placeholders have been resolved. If several have done so,
	 * and the later ones have resolved what a value says, the value is restored.
	 */
	void end() {
		if (!this.originals.isEmpty()) {
			Map<String, MarkedText> resolved = resolveAll();
			IdentityHashMap<String, MarkedText> texts = new IdentityHashMap<>();
			visit((text) -> end(text, resolved, texts));
			this.texts = texts;
			this.originals.clear();
		}
	}

	/**
	 * What the originals have been resolved to. If several have to the same text, of
	 * which different characters come from secrets, nobody knows which of them it was.
	 */
	private Map<String, MarkedText> resolveAll() {
		Map<String, MarkedText> resolved = new HashMap<>();
		Set<String> ambiguous = new HashSet<>();
		this.originals.forEach((original, marked) -> {
			String text = resolve(original);
			MarkedText origin = this.marking.resolve(marked, this.beanFactory::resolveEmbeddedValue);
			if (text != null && origin != null) {
				MarkedText other = resolved.put(text, origin);
				if (other != null && !other.isLike(origin)) {
					ambiguous.add(text);
				}
			}
		});
		resolved.keySet().removeAll(ambiguous);
		return resolved;
	}

	private @Nullable String resolve(String text) {
		try {
			return this.beanFactory.resolveEmbeddedValue(text);
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	private String end(String text, Map<String, MarkedText> resolved, IdentityHashMap<String, MarkedText> texts) {
		MarkedText marked = this.originals.getOrDefault(text, resolved.get(text));
		if (marked == null && isExpression(text)) {
			marked = this.search.mark(text);
		}
		if (marked == null) {
			return text;
		}
		String value = marked.value();
		String result = value.equals(text) ? text : value;
		texts.put(result, marked);
		return result;
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
