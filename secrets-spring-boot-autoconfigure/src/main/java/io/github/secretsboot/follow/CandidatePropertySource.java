package io.github.secretsboot.follow;

import io.github.secretsboot.SecretSnapshot;
import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.properties.Property;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.EnumerablePropertySource;

/**
 * The properties of secrets as they would be if a candidate was put to use.
 */
class CandidatePropertySource extends EnumerablePropertySource<SecretsPropertySource> {

	private final SecretSnapshot candidate;

	CandidatePropertySource(SecretsPropertySource current, SecretSnapshot candidate) {
		super(current.getName(), current);
		this.candidate = candidate;
	}

	@Override
	public @Nullable Object getProperty(String name) {
		Property property = getSource().getSource().state().properties().find(name);
		if (property == null) {
			return null;
		}
		boolean rotates = property.snapshot().secretName().equals(this.candidate.secretName());
		return rotates ? valueOfCandidate(property.name()) : property.environmentValue();
	}

	private @Nullable Object valueOfCandidate(String name) {
		String text = this.candidate.get(name);
		return (text != null) ? Property.environmentValue(text) : this.candidate.getBytes(name);
	}

	@Override
	public boolean containsProperty(String name) {
		return getProperty(name) != null;
	}

	@Override
	public String[] getPropertyNames() {
		return getSource().getPropertyNames();
	}

}
