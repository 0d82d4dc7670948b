package io.github.secretsboot.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.github.secretsboot.consumers.SecretConsumer;
import io.github.secretsboot.consumers.SecretConsumer.Mode;
import io.github.secretsboot.holders.Behind;
import io.github.secretsboot.holders.Holder;
import io.github.secretsboot.holders.ValueForm;

/**
 * Makes one list of the consumers that are known and the holders that were found, in
 * which each place is one consumer. Whoever was found with a former value is frozen and
 * outdated, whatever is known of it. Whoever was found with the value in use is live only
 * if something is known that will update it.
 */
final class Places {

	static final Comparator<SecretConsumer> ORDER = Comparator.comparing(SecretConsumer::bean)
		.thenComparing(SecretConsumer::member);

	/** What Spring calls the bean behind a scoped proxy. */
	private static final String SCOPED_TARGET = "scopedTarget.";

	private final List<SecretConsumer> known;

	private final List<Holder> found;

	private final List<Holder> outdated;

	/**
	 * Create places.
	 * @param known the consumers that are known
	 * @param found the holders of values that are in use
	 * @param outdated the holders of former values
	 */
	Places(List<SecretConsumer> known, List<Holder> found, List<Holder> outdated) {
		this.known = known;
		this.found = found;
		this.outdated = outdated;
	}

	List<SecretConsumer> consumers() {
		Map<String, SecretConsumer> consumers = new TreeMap<>();
		this.known.stream().filter((consumer) -> !isFoundElsewhere(consumer)).forEach((it) -> add(it, consumers));
		this.found.stream()
			.filter((holder) -> this.known.stream().noneMatch((consumer) -> covers(consumer, holder)))
			.forEach((holder) -> add(consumer(holder, mode(holder), false), consumers));
		this.outdated.forEach((holder) -> add(consumer(holder, Mode.FROZEN, true), consumers));
		return consumers.values().stream().sorted(ORDER).toList();
	}

	/** An outdated one takes the place of what was thought before. */
	private static void add(SecretConsumer consumer, Map<String, SecretConsumer> consumers) {
		consumers.merge(consumer.bean() + "\n" + normalized(consumer.member()), consumer, (former, next) -> {
			SecretConsumer shown = (next.outdated() || !former.outdated()) ? next : former;
			Set<String> properties = new TreeSet<>(former.properties());
			properties.addAll(next.properties());
			return new SecretConsumer(shown.bean(), shown.member(), properties, shown.mode(), shown.connections(),
					shown.outdated());
		});
	}

	private static SecretConsumer consumer(Holder holder, Mode mode, boolean outdated) {
		return new SecretConsumer(holder.bean(), holder.member(), holder.properties(), mode, null, outdated);
	}

	/**
	 * Whether a consumer that keeps what it was created with is known by the name of a
	 * parameter only, and the place where it keeps that has been found.
	 */
	private boolean isFoundElsewhere(SecretConsumer consumer) {
		return Stream.concat(consumer.outdated() ? Stream.empty() : this.found.stream(), this.outdated.stream())
			.anyMatch((holder) -> isSameBean(consumer, holder) && (isSamePlace(consumer.member(), holder.member())
					? this.outdated.contains(holder) : isKeptBy(consumer, holder)));
	}

	private static boolean isKeptBy(SecretConsumer consumer, Holder holder) {
		return consumer.mode() == Mode.FROZEN && holder.properties().containsAll(consumer.properties());
	}

	/**
	 * Whether a holder of a value in use is nothing but what is known.
	 */
	private static boolean covers(SecretConsumer consumer, Holder holder) {
		return isSameBean(consumer, holder)
				&& (isSamePlace(consumer.member(), holder.member()) || isHeldByFollower(consumer, holder));
	}

	/** A follower updates its client as a whole. */
	private static boolean isHeldByFollower(SecretConsumer consumer, Holder holder) {
		return consumer.connections() != null && holder.behind() != Behind.FOLLOWER
				&& consumer.properties().containsAll(holder.properties());
	}

	private Mode mode(Holder holder) {
		boolean live = holder.behind() == Behind.ROTATING || this.known.stream()
			.anyMatch((consumer) -> consumer.mode() == Mode.LIVE && isSameBean(consumer, holder)
					&& (consumer.bean().startsWith(SCOPED_TARGET) || isSetBy(consumer, holder)));
		return live ? Mode.LIVE : Mode.FROZEN;
	}

	/**
	 * Whether a method that is called again after a rotation, whatever its name, sets the
	 * field, as far as one can tell: the bean has no field of that name with the value.
	 */
	private boolean isSetBy(SecretConsumer consumer, Holder holder) {
		return consumer.connections() == null && holder.form() == ValueForm.WHOLE
				&& holder.member().chars().allMatch(Character::isJavaIdentifierPart)
				&& consumer.properties().equals(holder.properties())
				&& this.found.stream()
					.noneMatch(
							(other) -> isSameBean(consumer, other) && isSamePlace(consumer.member(), other.member()));
	}

	private static boolean isSameBean(SecretConsumer consumer, Holder holder) {
		return withoutScope(consumer.bean()).equals(withoutScope(holder.bean()));
	}

	private static String withoutScope(String bean) {
		return bean.startsWith(SCOPED_TARGET) ? bean.substring(SCOPED_TARGET.length()) : bean;
	}

	/**
	 * Whether a holder is at a member or further inside of it.
	 */
	private static boolean isSamePlace(String member, String place) {
		String within = normalized(place) + ".";
		return within.startsWith(normalized(member) + ".") || within.startsWith(property(member) + ".");
	}

	private static String normalized(String member) {
		return member.replace("[", ".").replace("]", "");
	}

	/** {@code secretKey} of {@code setSecretKey}. */
	private static String property(String member) {
		return (member.startsWith("set") && member.length() > 3)
				? member.substring(3, 4).toLowerCase(Locale.ROOT) + member.substring(4) : member;
	}

	/**
	 * Holders of former values without those that have been found with the value in use
	 * since.
	 */
	static List<Holder> remaining(List<Holder> outdated, List<Holder> found) {
		List<Holder> remaining = new ArrayList<>(outdated);
		remaining.removeIf((former) -> found.stream()
			.anyMatch((holder) -> holder.bean().equals(former.bean()) && holder.member().equals(former.member())
					&& holder.properties().containsAll(former.properties())));
		return remaining;
	}

}
