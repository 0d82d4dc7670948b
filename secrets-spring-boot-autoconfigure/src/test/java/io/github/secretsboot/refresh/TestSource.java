package io.github.secretsboot.refresh;

import io.github.secretsboot.fetch.Location;
import io.github.secretsboot.iam.SecretArn;
import io.github.secretsboot.mapping.MappingRules;
import org.jspecify.annotations.Nullable;

/**
 * Builds a source of which a test says only what matters to it. Without more it is a
 * required secret, the first in the list, with the default rules.
 */
public final class TestSource {

	private final String name;

	private String declaredName;

	private int position;

	private boolean optional;

	private @Nullable String versionId;

	private boolean previous;

	private MappingRules mapping = MappingRules.DEFAULT;

	private Location location;

	private TestSource(String name) {
		this.name = name;
		this.declaredName = name;
		this.location = new Location(SecretArn.regionOf(name), null);
	}

	public static TestSource named(String name) {
		return new TestSource(name);
	}

	public TestSource declaredAs(String declaredName) {
		this.declaredName = declaredName;
		return this;
	}

	public TestSource at(int position) {
		this.position = position;
		return this;
	}

	public TestSource optional(boolean optional) {
		this.optional = optional;
		return this;
	}

	public TestSource pinnedTo(@Nullable String versionId) {
		this.versionId = versionId;
		return this;
	}

	public TestSource withPrevious() {
		this.previous = true;
		return this;
	}

	public TestSource mappedBy(MappingRules mapping) {
		this.mapping = mapping;
		return this;
	}

	public TestSource readFrom(Location location) {
		this.location = location;
		return this;
	}

	public SecretSource build() {
		return new SecretSource(this.name, this.declaredName, this.position, this.optional, null, this.versionId,
				this.previous, this.mapping, this.location);
	}

}
