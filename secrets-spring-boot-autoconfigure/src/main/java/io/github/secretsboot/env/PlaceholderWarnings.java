package io.github.secretsboot.env;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.secretsboot.SecretChange;
import io.github.secretsboot.properties.Property;
import io.github.secretsboot.refresh.RefreshListener;
import io.github.secretsboot.refresh.SecretsEngine;
import org.apache.commons.logging.Log;

import org.springframework.core.SpringProperties;
import org.springframework.core.env.AbstractPropertyResolver;

/**
 * Warns once about each property of a secret whose value Spring may take for a
 * placeholder in spite of all: bytes that are injected as text cannot be escaped, and
 * neither can text where the application has changed the escape character.
 */
class PlaceholderWarnings implements RefreshListener {

	private static final String ESCAPE_CHARACTER = AbstractPropertyResolver.DEFAULT_PLACEHOLDER_ESCAPE_CHARACTER_PROPERTY_NAME;

	private final SecretsEngine engine;

	private final Log log;

	private final boolean usualEscapeCharacter = isUsualEscapeCharacter();

	private final Set<String> warned = ConcurrentHashMap.newKeySet();

	PlaceholderWarnings(SecretsEngine engine, Log log) {
		this.engine = engine;
		this.log = log;
	}

	private static boolean isUsualEscapeCharacter() {
		String character = SpringProperties.getProperty(ESCAPE_CHARACTER);
		return character == null || character.equals("\\");
	}

	@Override
	public void onChanged(List<SecretChange> changes) {
		warn();
	}

	void warn() {
		this.engine.state().properties().properties().values().forEach(this::warn);
	}

	private void warn(Property property) {
		boolean binary = property.value() instanceof byte[];
		if ((binary || !this.usualEscapeCharacter) && property.hasPlaceholder() && this.warned.add(property.name())) {
			this.log.warn("Property '" + property.name() + "' of secret '" + property.snapshot().secretName()
					+ "' has a value that looks like a placeholder, and may be resolved as one"
					+ (binary ? " if it is injected as text, because it is binary"
							: ", because " + ESCAPE_CHARACTER + " is not a backslash"));
		}
	}

}
