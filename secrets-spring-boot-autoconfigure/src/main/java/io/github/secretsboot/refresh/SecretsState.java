package io.github.secretsboot.refresh;

import java.util.ArrayList;
import java.util.List;

import io.github.secretsboot.properties.MappedSnapshot;
import io.github.secretsboot.properties.PositionedSnapshot;
import io.github.secretsboot.properties.PropertyIndex;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known of all sources at one moment. Immutable and replaced as a
 * whole, so that a reader sees all of a pass or none of it.
 *
 * @param sources the sources in their order
 * @param properties the properties of all sources
 * @param formerProperties what they were until the last pass, if that changed them:
 * somebody may be working with a text that was made of them
 */
public record SecretsState(List<SourceState> sources, PropertyIndex properties,
		@Nullable PropertyIndex formerProperties) {

	/**
	 * Create a state with an unmodifiable copy of the sources.
	 */
	public SecretsState {
		sources = List.copyOf(sources);
	}

	static SecretsState initial(List<SecretSource> sources) {
		return new SecretsState(sources.stream().map(SourceState::initial).toList(), PropertyIndex.EMPTY, null);
	}

	/**
	 * The snapshot that a secret's properties are of.
	 * @param secretName the name or ARN as the application wrote it, or expanded
	 * @return the snapshot, of the last one if a name expands to several, or {@code null}
	 * if there is none
	 */
	public @Nullable MappedSnapshot snapshot(String secretName) {
		for (int i = this.sources.size() - 1; i >= 0; i--) {
			MappedSnapshot snapshot = this.sources.get(i).snapshot();
			if (snapshot != null && this.sources.get(i).source().isNamed(secretName)) {
				return snapshot;
			}
		}
		return null;
	}

	/**
	 * The state with the same sources in another condition. Properties are indexed again
	 * only if the snapshot of a source is another one.
	 */
	SecretsState with(List<SourceState> updated) {
		for (int i = 0; i < updated.size(); i++) {
			if (updated.get(i).snapshot() != this.sources.get(i).snapshot()) {
				return new SecretsState(updated, index(updated), this.properties);
			}
		}
		return new SecretsState(updated, this.properties, null);
	}

	/**
	 * The state with the same snapshots, whose sources are checked again at other times.
	 */
	SecretsState rescheduled(List<SourceState> scheduled) {
		return new SecretsState(scheduled, this.properties, this.formerProperties);
	}

	private static PropertyIndex index(List<SourceState> sources) {
		List<PositionedSnapshot> snapshots = new ArrayList<>();
		for (SourceState source : sources) {
			if (source.snapshot() != null) {
				snapshots.add(new PositionedSnapshot(source.snapshot(), source.source().position()));
			}
		}
		return PropertyIndex.of(snapshots);
	}

}
