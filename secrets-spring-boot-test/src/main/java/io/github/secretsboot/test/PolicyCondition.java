package io.github.secretsboot.test;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

import static java.util.Map.entry;

/**
 * A condition of a statement.
 *
 * @param operator AWS's name of the operator, without what stands around it
 * @param negated whether it holds where the operator does not
 * @param ifExists whether it holds where nothing is known
 * @param set {@code ForAllValues}, {@code ForAnyValue}, or empty
 * @param key what it is about
 * @param values what that is compared with, any of which will do
 */
record PolicyCondition(String operator, boolean negated, boolean ifExists, String set, String key,
		List<String> values) implements Predicate<AccessRequest> {

	private static final String NULL = "Null";

	private static final Map<String, BiPredicate<String, String>> OPERATORS = Map.ofEntries(
			entry("StringEquals", String::equals), entry("StringEqualsIgnoreCase", String::equalsIgnoreCase),
			entry("StringLike", (actual, pattern) -> Wildcards.match(pattern, actual)),
			entry("ArnEquals", (actual, pattern) -> Wildcards.matchArn(pattern, actual)),
			entry("ArnLike", (actual, pattern) -> Wildcards.matchArn(pattern, actual)),
			entry("Bool", String::equalsIgnoreCase), entry("IpAddress", PolicyCondition::isInNetwork),
			entry("NumericEquals", (actual, number) -> compareNumbers(actual, number) == 0),
			entry("NumericLessThan", (actual, number) -> compareNumbers(actual, number) < 0),
			entry("NumericLessThanEquals", (actual, number) -> compareNumbers(actual, number) <= 0),
			entry("NumericGreaterThan", (actual, number) -> compareNumbers(actual, number) > 0),
			entry("NumericGreaterThanEquals", (actual, number) -> compareNumbers(actual, number) >= 0),
			entry("DateLessThan", (actual, date) -> Instant.parse(actual).isBefore(Instant.parse(date))),
			entry("DateGreaterThan", (actual, date) -> Instant.parse(actual).isAfter(Instant.parse(date))));

	static PolicyCondition parse(String name, String key, List<String> values) {
		int colon = name.indexOf(':');
		String set = (colon >= 0) ? name.substring(0, colon) : "";
		String rest = name.substring(colon + 1);
		boolean ifExists = rest.endsWith("IfExists");
		String operator = ifExists ? rest.substring(0, rest.length() - "IfExists".length()) : rest;
		boolean negated = operator.contains("Not");
		operator = operator.replace("Not", "");
		if (!OPERATORS.containsKey(operator) && !operator.equals(NULL)) {
			throw new PolicyException("unknown condition operator " + name);
		}
		if (!List.of("", "ForAllValues", "ForAnyValue").contains(set)) {
			throw new PolicyException("unknown set operator " + set);
		}
		return new PolicyCondition(operator, negated, ifExists, set, key, values);
	}

	@Override
	public boolean test(AccessRequest request) {
		List<String> actual = request.values(this.key);
		if (this.operator.equals(NULL)) {
			return Boolean.parseBoolean(this.values.get(0)) == actual.isEmpty();
		}
		if (actual.isEmpty()) {
			return this.ifExists || this.set.equals("ForAllValues") || (this.negated && this.set.isEmpty());
		}
		Predicate<String> matches = (value) -> matches(value, request);
		return switch (this.set) {
			case "ForAllValues" -> actual.stream().allMatch(matches);
			case "ForAnyValue" -> actual.stream().anyMatch(matches);
			default -> this.negated ? actual.stream().allMatch(matches) : actual.stream().anyMatch(matches);
		};
	}

	private boolean matches(String actual, AccessRequest request) {
		BiPredicate<String, String> comparison = OPERATORS.getOrDefault(this.operator, (value, other) -> false);
		return this.values.stream()
			.anyMatch((value) -> compare(comparison, actual, request.resolve(value))) != this.negated;
	}

	private static boolean compare(BiPredicate<String, String> comparison, String actual, String value) {
		try {
			return comparison.test(actual, value);
		}
		catch (IllegalArgumentException | DateTimeException ex) {
			// Not a number, a date or an address: not the same
			return false;
		}
	}

	private static int compareNumbers(String actual, String number) {
		return new BigDecimal(actual).compareTo(new BigDecimal(number));
	}

	private static boolean isInNetwork(String address, String network) {
		String[] parts = network.split("/");
		byte[] actual = bytes(address);
		byte[] wanted = bytes(parts[0]);
		int bits = (parts.length > 1) ? Integer.parseInt(parts[1]) : wanted.length * 8;
		if (actual.length != wanted.length) {
			return false;
		}
		for (int bit = 0; bit < bits; bit++) {
			int mask = 0x80 >> (bit % 8);
			if ((actual[bit / 8] & mask) != (wanted[bit / 8] & mask)) {
				return false;
			}
		}
		return true;
	}

	private static byte[] bytes(String address) {
		// A name would be looked up
		if (!address.matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
			throw new IllegalArgumentException("Not an IP address");
		}
		try {
			return InetAddress.getByName(address).getAddress();
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException("Not an IP address", ex);
		}
	}

}
