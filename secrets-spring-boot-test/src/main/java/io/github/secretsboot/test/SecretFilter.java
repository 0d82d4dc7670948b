package io.github.secretsboot.test;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One of the {@code Filters} of a request, with AWS's rules of what matches: any of its
 * values, each of which may be negated.
 *
 * @param key what is compared
 * @param values what with
 */
record SecretFilter(Key key, List<String> values) implements Predicate<StoredSecret> {

	private static final int MAX_FILTERS = 10;

	private static final int MAX_VALUES = 10;

	/**
	 * Return what a request's filters let pass, which is what all of them do.
	 */
	static Predicate<StoredSecret> allOf(RequestBody request) {
		List<RequestBody> filters = request.objects("Filters");
		if (filters.size() > MAX_FILTERS) {
			throw AwsError.constraint("", "filters", "have length less than or equal to " + MAX_FILTERS);
		}
		List<SecretFilter> parsed = filters.stream().map(SecretFilter::of).toList();
		return (secret) -> parsed.stream().allMatch((filter) -> filter.test(secret));
	}

	private static SecretFilter of(RequestBody filter) {
		String key = AwsError.require(filter.choice("Key", Key.NAMES),
				() -> AwsError.invalidParameter("Invalid filter key"));
		List<String> values = AwsError.require(filter.texts("Values", MAX_VALUES),
				() -> AwsError.invalidParameter("Invalid filter values for key: " + key));
		return new SecretFilter(Key.of(key), values);
	}

	@Override
	public boolean test(StoredSecret secret) {
		Collection<String> attributes = this.key.attributes.apply(secret).filter(Objects::nonNull).toList();
		return this.values.stream()
			.anyMatch((value) -> value.startsWith("!") ? !this.key.matches.test(value.substring(1), attributes)
					: this.key.matches.test(value, attributes));
	}

	/**
	 * What a filter may compare, in the order of AWS's messages.
	 */
	enum Key {

		ALL("all", Key::everything, Words::match),

		NAME("name", (secret) -> Stream.of(secret.name()), Key::isPrefix),

		TAG_KEY("tag-key", (secret) -> tags(secret).keySet().stream(), Key::isPrefix),

		DESCRIPTION("description", (secret) -> Stream.ofNullable(secret.details().description()), Words::match),

		TAG_VALUE("tag-value", (secret) -> tags(secret).values().stream(), Key::isPrefix),

		PRIMARY_REGION("primary-region", (secret) -> Stream.ofNullable(secret.replication().primaryRegion()),
				Key::isPrefix),

		OWNING_SERVICE("owning-service", (secret) -> Stream.empty(), Key::isPrefix);

		static final List<String> NAMES = Arrays.stream(values()).map((key) -> key.wireName).toList();

		private final String wireName;

		private final Function<StoredSecret, Stream<String>> attributes;

		private final BiPredicate<String, Collection<String>> matches;

		Key(String wireName, Function<StoredSecret, Stream<String>> attributes,
				BiPredicate<String, Collection<String>> matches) {
			this.wireName = wireName;
			this.attributes = attributes;
			this.matches = matches;
		}

		static Key of(String wireName) {
			return values()[NAMES.indexOf(wireName)];
		}

		private static Stream<String> everything(StoredSecret secret) {
			return Stream.of(NAME, DESCRIPTION, TAG_KEY, TAG_VALUE).flatMap((key) -> key.attributes.apply(secret));
		}

		private static Map<String, String> tags(StoredSecret secret) {
			Map<String, String> tags = secret.details().tags();
			return (tags != null) ? tags : Map.of();
		}

		private static boolean isPrefix(String value, Collection<String> attributes) {
			return attributes.stream().anyMatch((attribute) -> attribute.startsWith(value));
		}

	}

}
