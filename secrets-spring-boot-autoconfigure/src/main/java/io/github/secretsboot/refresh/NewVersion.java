package io.github.secretsboot.refresh;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.secretsboot.properties.MappedSnapshot;

/**
 * A version that a pass may bring into use.
 *
 * @param index the position of its source
 * @param source the source with the version in use
 * @param changed the names of the properties that would change
 */
record NewVersion(int index, SourceState source, Set<String> changed) {

	/**
	 * All versions whose properties differ from those in use.
	 */
	static List<NewVersion> in(SecretsState before, List<SourceState> sources) {
		List<NewVersion> versions = new ArrayList<>();
		for (int i = 0; i < sources.size(); i++) {
			MappedSnapshot old = before.sources().get(i).snapshot();
			MappedSnapshot current = sources.get(i).snapshot();
			if (current != null && current != old && !current.differences(old).isEmpty()) {
				versions.add(new NewVersion(i, sources.get(i), current.differences(old)));
			}
		}
		return versions;
	}

	/**
	 * The state with no other version than this one.
	 */
	SecretsState alone(SecretsState before) {
		List<SourceState> sources = new ArrayList<>(before.sources());
		sources.set(this.index, this.source);
		return before.with(sources);
	}

}
