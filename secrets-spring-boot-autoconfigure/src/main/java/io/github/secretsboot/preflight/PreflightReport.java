package io.github.secretsboot.preflight;

import java.util.List;
import java.util.stream.Stream;

import io.github.secretsboot.SecretSnapshot;
import io.github.secretsboot.refresh.SourceState;
import org.jspecify.annotations.Nullable;

/**
 * What a preflight found, as a table for people and pipelines. Without any value.
 *
 * @param region the region, if one is known
 * @param sources the secrets
 * @param placeholders the placeholders that stand for nothing
 */
record PreflightReport(@Nullable String region, List<SourceState> sources, List<UnresolvedPlaceholder> placeholders) {

	private static final List<String> SECRETS = List.of("SECRET", "VERSION", "KEYS", "RESULT");

	private static final List<String> IGNORED = List.of("IGNORED, WITHOUT 'ALLOW'", "SECRET");

	private static final List<String> PLACEHOLDERS = List.of("PLACEHOLDER", "PROPERTY", "DECLARED IN");

	private static final String NONE = "-";

	boolean isGood() {
		return failures() == 0 && this.placeholders.isEmpty();
	}

	/**
	 * How many secrets keep the application from starting.
	 */
	private long failures() {
		return this.sources.stream().filter((source) -> source.isFailing(this.sources)).count();
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		if (this.sources.isEmpty()) {
			text.append("No secrets are listed in secrets.sources, or secrets.enabled is false.\n");
		}
		else {
			text.append(new Table(SECRETS, this.sources.stream().map(this::row).toList()));
		}
		List<List<String>> ignored = this.sources.stream().flatMap(this::ignored).toList();
		if (!ignored.isEmpty()) {
			text.append('\n').append(new Table(IGNORED, ignored));
		}
		if (!this.placeholders.isEmpty()) {
			text.append('\n')
				.append(new Table(PLACEHOLDERS, this.placeholders.stream()
					.map((missing) -> List.of("${" + missing.placeholder() + "}", missing.property(), missing.origin()))
					.toList()));
		}
		return text.append('\n').append(summary()).append('\n').toString();
	}

	private List<String> row(SourceState source) {
		SecretSnapshot snapshot = source.snapshot();
		return List.of(source.source().name(), (snapshot != null) ? snapshot.version().versionId() : NONE,
				(snapshot != null) ? String.join(", ", snapshot.propertyNames()) : NONE, result(source));
	}

	private Stream<List<String>> ignored(SourceState source) {
		return source.leftOut().ignored().stream().map((name) -> List.of(name, source.source().name()));
	}

	private String result(SourceState source) {
		SourceState.Failure failure = source.failure();
		if (failure == null) {
			return "ok";
		}
		return source.isFailing(this.sources) ? failure.reason().code() + ": " + failure.detail()
				: "missing, but optional";
	}

	private String summary() {
		String where = (this.region != null) ? " in " + this.region : "";
		return "Preflight " + (isGood() ? "passed" : "failed") + where + ": "
				+ Table.count(this.sources.size(), "secret") + ", " + failures() + " failed; "
				+ Table.count(this.placeholders.size(), "unresolved placeholder");
	}

}
