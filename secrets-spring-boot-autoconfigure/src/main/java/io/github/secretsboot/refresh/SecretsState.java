package io.github.secretsboot.refresh;

import java.util.List;

/**
 * Everything that is known of all sources at one moment. Immutable and replaced as a
 * whole, so that a reader sees all of a pass or none of it.
 *
 * @param sources the sources in their order
 * @param properties the properties of all sources
 */
public record SecretsState(List<SourceState> sources, PropertyIndex properties) {

	/**
	 * Create a state with an unmodifiable copy of the sources.
	 */
	public SecretsState {
		sources = List.copyOf(sources);
	}

	static SecretsState initial(List<SecretSource> sources) {
		return new SecretsState(sources.stream().map(SourceState::initial).toList(), PropertyIndex.EMPTY);
	}

	/**
	 * The state with the same sources in another condition. Properties are indexed again
	 * only if the snapshot of a source is another one.
	 */
	SecretsState with(List<SourceState> updated) {
		for (int i = 0; i < updated.size(); i++) {
			if (updated.get(i).snapshot() != this.sources.get(i).snapshot()) {
				return new SecretsState(updated, PropertyIndex.of(updated));
			}
		}
		return new SecretsState(updated, this.properties);
	}

}
