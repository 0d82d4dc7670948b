package io.github.secretsboot.preflight;

import java.util.List;
import java.util.Locale;

import io.github.secretsboot.consumers.ConsumerReport;
import io.github.secretsboot.consumers.SecretConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Who holds values of secrets in an application that has just started, and whom a
 * rotation will reach, as a table for people and pipelines. Without any value.
 *
 * @param consumers the consumers
 * @param search the search for them, or {@code null} if the application does not want
 * one: then only those are listed that are known without
 */
record ContextReport(List<SecretConsumer> consumers, ConsumerReport.@Nullable Search search) {

	private static final List<String> HEADER = List.of("BEAN", "MEMBER", "PROPERTIES", "AFTER A ROTATION");

	boolean isGood() {
		return frozen() == 0;
	}

	private long frozen() {
		return this.consumers.stream().filter((consumer) -> consumer.mode() == SecretConsumer.Mode.FROZEN).count();
	}

	@Override
	public String toString() {
		String table = this.consumers.isEmpty() ? ""
				: "\n" + new Table(HEADER, this.consumers.stream().map(ContextReport::row).toList());
		return table + "\nPreflight of the context " + (isGood() ? "passed" : "failed") + ": "
				+ Table.count(this.consumers.size(), "consumer") + ", " + frozen() + " frozen" + limits() + "\n";
	}

	private static List<String> row(SecretConsumer consumer) {
		return List.of(consumer.bean(), consumer.member(),
				String.join(", ", consumer.properties().stream().sorted().toList()),
				consumer.mode().name().toLowerCase(Locale.ROOT));
	}

	private String limits() {
		if (this.search == null) {
			return "; not searched, since secrets.holders.search is never";
		}
		String incomplete = this.search.complete() ? "" : "; the search could not look at everything";
		return this.search.unsought().isEmpty() ? incomplete : incomplete + "; not looked for: "
				+ String.join(", ", this.search.unsought().stream().sorted().toList());
	}

}
