package io.github.secretsboot.metrics;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;

/**
 * {@link MeterFilter} that leaves what Micrometer makes of our observations at one timer
 * each with the tags that are documented: the tag {@code error} says nothing that
 * {@code outcome} does not, and a second meter for what is under way is paid for, too.
 */
public class SecretsMeterFilter implements MeterFilter {

	private static final Set<String> TIMERS = Stream.of(SecretsObservationDocumentation.values())
		.map(SecretsObservationDocumentation::getName)
		.collect(Collectors.toUnmodifiableSet());

	private static final Set<String> LONG_TASK_TIMERS = TIMERS.stream()
		.map((name) -> name + ".active")
		.collect(Collectors.toUnmodifiableSet());

	private static final MeterFilter WITHOUT_ERROR = MeterFilter.ignoreTags("error");

	@Override
	public MeterFilterReply accept(Meter.Id id) {
		return LONG_TASK_TIMERS.contains(id.getName()) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
	}

	@Override
	public Meter.Id map(Meter.Id id) {
		return TIMERS.contains(id.getName()) ? WITHOUT_ERROR.map(id) : id;
	}

}
