package io.github.secretsboot.report;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.secretsboot.consumers.SecretConsumer;
import io.github.secretsboot.properties.PropertyNames;

/**
 * The warning after a rotation about those whom it has not reached. Has names only.
 *
 * @param former what was replaced
 * @param wayOut knows what to change
 */
record OutdatedWarning(FormerValues former, WayOut wayOut) {

	private static final int MOST_NAMED = 20;

	/**
	 * What to tell.
	 * @param outdated all consumers that hold a former value
	 * @return the warning, or an empty text if none of them is concerned
	 */
	String of(List<SecretConsumer> outdated) {
		PropertyNames changed = PropertyNames.of(this.former.secrets().keySet());
		List<SecretConsumer> concerned = outdated.stream()
			.filter((consumer) -> consumer.properties().stream().anyMatch(changed::contains))
			.toList();
		return concerned.isEmpty() ? "" : text(concerned);
	}

	private String text(List<SecretConsumer> concerned) {
		Set<String> ways = new LinkedHashSet<>();
		concerned.forEach((consumer) -> ways.add(this.wayOut.of(consumer)));
		String more = (concerned.size() <= MOST_NAMED) ? ""
				: ", and " + (concerned.size() - MOST_NAMED) + " more (see /actuator/secrets)";
		return "A rotated secret does not reach "
				+ concerned.stream().limit(MOST_NAMED).map(this::name).collect(Collectors.joining(", ")) + more
				+ ", which keep the old value until restart. " + String.join(" ", ways);
	}

	private String name(SecretConsumer consumer) {
		Set<String> secrets = this.former.secretsOf(consumer.properties());
		String member = consumer.member().isEmpty() ? "" : "'" + consumer.member() + "' of ";
		return member + "bean '" + consumer.bean() + "' (" + String.join(", ", secrets) + ")";
	}

}
