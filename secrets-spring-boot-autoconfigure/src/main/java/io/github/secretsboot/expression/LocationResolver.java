package io.github.secretsboot.expression;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySourcesPropertyResolver;

/**
 * Resolves the placeholders of the application in a location, such as that of a file or a
 * URL, and none in a value of a secret. Spring resolves them wherever it converts text to
 * a resource, although that has been done to the text before.
 */
final class LocationResolver extends PropertySourcesPropertyResolver {

	private final SecretSearch search;

	LocationResolver(ConfigurableEnvironment environment, SecretSearch search) {
		super(environment.getPropertySources());
		this.search = search;
	}

	@Override
	public String resolvePlaceholders(String text) {
		return text.contains("${") ? resolve(this.search.mark(text)) : text;
	}

	private String resolve(MarkedText marked) {
		return new MarkedText(super.resolvePlaceholders(marked.text()), marked.marks()).value();
	}

}
