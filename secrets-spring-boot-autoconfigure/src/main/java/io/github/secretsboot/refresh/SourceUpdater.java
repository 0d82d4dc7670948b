package io.github.secretsboot.refresh;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.SecretValidator;
import io.github.secretsboot.fetch.FetchFailure;
import io.github.secretsboot.fetch.FetchResult;
import io.github.secretsboot.fetch.SecretRequest;
import io.github.secretsboot.fetch.SecretValue;
import io.github.secretsboot.mapping.MalformedSecretException;
import io.github.secretsboot.mapping.MappedSecret;
import io.github.secretsboot.mapping.SecretMapper;
import io.github.secretsboot.properties.MappedSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a fetched result means for a source: nothing new, a new version, a version
 * that must be rejected, or a failure that leaves the last good values in place.
 */
class SourceUpdater {

	private static final String PREVIOUS_SUFFIX = ".previous";

	private final SecretMapper mapper;

	private final List<SecretValidator> validators = new CopyOnWriteArrayList<>();

	SourceUpdater(SecretMapper mapper) {
		this.mapper = mapper;
	}

	void addValidator(SecretValidator validator) {
		this.validators.add(validator);
	}

	void removeValidator(SecretValidator validator) {
		this.validators.remove(validator);
	}

	boolean isToBeAdopted(SourceState state, Map<SecretRequest, FetchResult> results, boolean retryRejected) {
		SecretValue value = result(state.source().request(), results).value();
		return value != null && !isInUse(state, value)
				&& (retryRejected || !state.isRejected(value.version().versionId()));
	}

	SourceState update(SourceState state, Update update) {
		FetchResult result = result(state.source().request(), update.results());
		SecretValue value = result.value();
		if (value == null) {
			FetchFailure failure = result.requiredFailure();
			return state.failed(failure.reason(), failure.detail(), null, update.now());
		}
		if (isInUse(state, value)) {
			return confirm(state, value, update.now());
		}
		String versionId = value.version().versionId();
		if (state.isRejected(versionId) && !update.retryRejected()) {
			SourceState.Failure failure = Objects.requireNonNull(state.failure());
			return state.failed(failure.reason(), failure.detail(), versionId, update.now());
		}
		return adopt(state, value, update);
	}

	private boolean isInUse(SourceState state, SecretValue value) {
		return state.snapshot() != null && state.snapshot().version().versionId().equals(value.version().versionId());
	}

	private SourceState confirm(SourceState state, SecretValue value, Instant now) {
		MappedSnapshot snapshot = Objects.requireNonNull(state.snapshot());
		return state.confirmed(
				snapshot.version().equals(value.version()) ? snapshot : snapshot.withVersion(value.version()), now);
	}

	private SourceState adopt(SourceState state, SecretValue value, Update update) {
		String versionId = value.version().versionId();
		MappedSecret mapped;
		try {
			mapped = map(state.source(), value, update.results());
		}
		catch (MalformedSecretException ex) {
			return state.failed(FailureReason.MALFORMED, String.valueOf(ex.getMessage()), versionId, update.now());
		}
		catch (PreviousVersionException ex) {
			return state.failed(ex.failure.reason(), "AWSPREVIOUS: " + ex.failure.detail(), null, update.now());
		}
		MappedSnapshot candidate = MappedSnapshot.of(state.source().name(), value.version(), mapped.properties(),
				mapped.contents());
		if (candidate.hasSameContent(state.snapshot())) {
			return state.loaded(Objects.requireNonNull(state.snapshot()).withVersion(value.version()), mapped.leftOut(),
					update.now());
		}
		String rejection = rejection(candidate);
		return (rejection != null) ? state.failed(FailureReason.REJECTED, rejection, versionId, update.now())
				: state.loaded(candidate, mapped.leftOut(), update.now());
	}

	private MappedSecret map(SecretSource source, SecretValue value, Map<SecretRequest, FetchResult> results) {
		MappedSecret current = this.mapper.map(value, source.mapping());
		if (!source.previous()) {
			return current;
		}
		FetchResult result = result(source.previousRequest(), results);
		if (result.value() != null) {
			return withPrevious(current, this.mapper.map(result.value(), source.mapping()));
		}
		if (result.requiredFailure().reason() != FailureReason.NOT_FOUND) {
			throw new PreviousVersionException(result.requiredFailure());
		}
		return current;
	}

	private MappedSecret withPrevious(MappedSecret current, MappedSecret previous) {
		Map<String, Object> properties = new LinkedHashMap<>(current.properties());
		previous.properties().forEach((name, content) -> properties.put(name + PREVIOUS_SUFFIX, content));
		return new MappedSecret(properties, current.contents(), current.leftOut().and(previous.leftOut()));
	}

	private @Nullable String rejection(MappedSnapshot candidate) {
		for (SecretValidator validator : this.validators) {
			try {
				validator.validate(candidate);
			}
			catch (Exception | LinkageError ex) {
				// Neither message nor cause: they may quote the value
				return "version " + candidate.version().versionId() + " was rejected by "
						+ validator.getClass().getName();
			}
		}
		return null;
	}

	private static FetchResult result(SecretRequest request, Map<SecretRequest, FetchResult> results) {
		return Objects.requireNonNull(results.get(request));
	}

	/**
	 * What a pass has brought for all sources.
	 *
	 * @param results the results by request
	 * @param now the time of the pass
	 * @param retryRejected whether a version that was rejected before is looked at again
	 */
	record Update(Map<SecretRequest, FetchResult> results, Instant now, boolean retryRejected) {
	}

	private static final class PreviousVersionException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final transient FetchFailure failure;

		PreviousVersionException(FetchFailure failure) {
			this.failure = failure;
		}

	}

}
