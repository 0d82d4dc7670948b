package io.github.secretsboot.refresh;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.github.secretsboot.SecretSnapshot;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * All properties of all secrets, as one immutable value. A name such as
 * {@code STRIPE_SECRET_KEY} is also found as {@code stripe.secret.key} and
 * {@code stripe.secret-key}, by the rules that Spring Boot has for environment variables.
 * Of two secrets that define the same property, in whatever spelling, the later one wins.
 *
 * @see <a href=
 * "https://docs.spring.io/spring-boot/reference/features/external-config.html#features.external-config.typesafe-configuration-properties.relaxed-binding.environment-variables">Spring
 * Boot: Binding From Environment Variables</a>
 */
public final class PropertyIndex {

	static final PropertyIndex EMPTY = new PropertyIndex(List.of());

	private final Map<String, SecretSnapshot> snapshots = new HashMap<>();

	private final Map<String, Property> byName = new LinkedHashMap<>();

	private final Map<String, Property> byVariable = new HashMap<>();

	private final Map<String, Property> byDottedName = new LinkedHashMap<>();

	private final Set<String> variablePrefixes = new HashSet<>();

	private final List<Collision> collisions = new ArrayList<>();

	private PropertyIndex(List<SourceState> states) {
		Map<String, Set<Owner>> owners = new HashMap<>();
		for (SourceState state : states) {
			SecretSnapshot snapshot = state.snapshot();
			if (snapshot != null) {
				this.snapshots.put(state.source().name(), snapshot);
				this.snapshots.put(state.source().declaredName(), snapshot);
				snapshot.getPropertyNames()
					.forEach((name) -> add(Owner.of(new Property(name, snapshot), state.source().position()), owners));
			}
		}
	}

	static PropertyIndex of(List<SourceState> states) {
		return new PropertyIndex(states);
	}

	private void add(Owner owner, Map<String, Set<Owner>> owners) {
		Set<Owner> earlier = new LinkedHashSet<>();
		owner.variables.forEach((variable) -> owners.getOrDefault(variable, Set.of())
			.stream()
			.filter(owner::isSameProperty)
			.forEach(earlier::add));
		owner.variables
			.forEach((variable) -> owners.computeIfAbsent(variable, (key) -> new LinkedHashSet<>()).add(owner));
		addCollision(owner, earlier);
		// In their other spellings, too, the property is now the later secret's
		earlier.stream()
			.filter((other) -> !isDefinedBy(owner.property.snapshot(), other.property.name()))
			.forEach((other) -> put(other, owner.property));
		put(owner, owner.property);
		if (owner.variableLike) {
			addDottedName(owner.property);
			owner.variables.forEach(this::addPrefixes);
		}
	}

	private boolean isDefinedBy(SecretSnapshot snapshot, String name) {
		Property property = this.byName.get(name);
		return property != null && property.snapshot() == snapshot;
	}

	private void put(Owner spelling, Property property) {
		this.byName.put(spelling.property.name(), property);
		if (spelling.variableLike) {
			spelling.variables.forEach((variable) -> this.byVariable.put(variable, property));
		}
	}

	private void addCollision(Owner owner, Set<Owner> earlier) {
		earlier.stream()
			.max(Comparator.comparingInt(Owner::position))
			.filter((other) -> other.position != owner.position)
			.ifPresent((other) -> this.collisions.add(new Collision(owner.property.name(),
					other.property.snapshot().getSecretName(), owner.property.snapshot().getSecretName())));
	}

	private void addDottedName(Property property) {
		String name = property.name();
		if (name.indexOf('_') < 0) {
			return;
		}
		StringBuilder dotted = new StringBuilder();
		for (String element : StringUtils.tokenizeToStringArray(name.toLowerCase(Locale.ROOT), "_")) {
			boolean number = element.chars().allMatch(Character::isDigit);
			dotted.append((number || dotted.isEmpty()) ? "" : ".").append(number ? "[" + element + "]" : element);
		}
		if (!dotted.isEmpty() && dotted.charAt(0) != '[') {
			this.byDottedName.put(dotted.toString(), property);
		}
	}

	private void addPrefixes(String variable) {
		for (int i = variable.indexOf('_'); i > 0; i = variable.indexOf('_', i + 1)) {
			this.variablePrefixes.add(variable.substring(0, i));
		}
	}

	/**
	 * Find a property by any of its spellings.
	 * @param name the name
	 * @return the property, or {@code null} if no secret has it
	 */
	public @Nullable Property find(String name) {
		Property property = this.byName.get(name);
		if (property != null || this.byVariable.isEmpty()) {
			return property;
		}
		String variable = variable(name, false);
		property = (variable != null) ? this.byVariable.get(variable) : null;
		if (property == null && variable != null && name.indexOf('-') >= 0) {
			property = this.byVariable.get(variable(name, true));
		}
		return (property != null) ? property : this.byDottedName.get(name);
	}

	/**
	 * The snapshot that a secret's properties are of.
	 * @param secretName the name or ARN as the application wrote it, or expanded
	 * @return the snapshot, of the last one if a name expands to several, or {@code null}
	 * if there is none
	 */
	@Nullable SecretSnapshot snapshot(String secretName) {
		return this.snapshots.get(secretName);
	}

	/**
	 * The properties in the order of their secrets, under their own names.
	 * @return the properties by name
	 */
	public Map<String, Property> properties() {
		return Collections.unmodifiableMap(this.byName);
	}

	/**
	 * Names to list beside the properties' own ones, so that Boot's binder finds nested
	 * objects, maps and lists.
	 * @param dashedParents parents with a dash in their names that were asked for
	 * @return the names
	 */
	public Set<String> additionalNames(Set<String> dashedParents) {
		Set<String> names = new LinkedHashSet<>(this.byDottedName.keySet());
		for (String parent : dashedParents) {
			String dottedParent = parent.replace('-', '.');
			this.byDottedName.keySet()
				.stream()
				.filter((name) -> name.startsWith(dottedParent + ".") || name.startsWith(dottedParent + "["))
				.map((name) -> parent + name.substring(dottedParent.length()))
				.filter((name) -> find(name) != null)
				.forEach(names::add);
		}
		names.removeAll(this.byName.keySet());
		return names;
	}

	/**
	 * Whether there are properties below a name that has a dash, such as {@code my-app}
	 * of {@code MY_APP_TOKEN}. Listing the many names that a variable could stand for is
	 * out of question; the binder asks for the parent first.
	 * @param name the name
	 * @return {@code true} if there are
	 */
	public boolean isDashedParent(String name) {
		return name.indexOf('-') >= 0 && this.variablePrefixes.contains(variable(name, true));
	}

	/**
	 * Whether a text contains the value of a property. Values of one or two characters
	 * are not looked for: they are in every text.
	 * @param text the text
	 * @return {@code true} if it does
	 */
	public boolean isQuotedIn(String text) {
		return this.byName.values().stream().anyMatch((property) -> property.isQuotedIn(text));
	}

	/**
	 * The properties whose values a text contains, by the same rule.
	 * @param text the text
	 * @return the names of the properties
	 */
	public Set<String> quotedIn(String text) {
		Set<String> names = new TreeSet<>();
		this.byName.values()
			.stream()
			.filter((property) -> property.isQuotedIn(text))
			.forEach((property) -> names.add(property.name()));
		return names;
	}

	/**
	 * What remains of a text without the values that could bring an expression into it.
	 * @param text the text, such as one that placeholders have been resolved in
	 * @return the text with a blank in the place of each value that has {@code #&#123;}
	 * in it or could make one together with its neighbours
	 */
	public String withoutExpressionValues(String text) {
		List<String> values = this.byName.values()
			.stream()
			.map(Property::text)
			.filter(PropertyIndex::isExpressionValue)
			.sorted(Comparator.comparingInt(String::length).reversed())
			.toList();
		String remainder = text;
		for (String value : values) {
			remainder = remainder.replace(value, " ");
		}
		return remainder;
	}

	private static boolean isExpressionValue(String value) {
		return value.contains("#{") || (value.length() > 2 && (value.startsWith("{") || value.endsWith("#")));
	}

	/**
	 * Properties that more than one entry of {@code secrets.sources} defines.
	 * @return the collisions in the order of the sources
	 */
	public List<Collision> collisions() {
		return List.copyOf(this.collisions);
	}

	private static boolean isVariableLike(String name) {
		return name.indexOf('_') >= 0 || name.chars().noneMatch(Character::isLowerCase);
	}

	/**
	 * The name of the environment variable that stands for a property.
	 * @param name the name of the property
	 * @param dashes whether a dash becomes an underscore; else it is left out
	 * @return the name of the variable, or {@code null} if none can stand for it
	 */
	static @Nullable String variable(String name, boolean dashes) {
		StringBuilder variable = new StringBuilder(name.length());
		for (int i = 0; i < name.length(); i++) {
			char c = name.charAt(i);
			if (c >= 'a' && c <= 'z') {
				variable.append((char) (c - 'a' + 'A'));
			}
			else if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_') {
				variable.append(c);
			}
			else if (c == '.' || c == '[' || (c == '-' && dashes)) {
				variable.append('_');
			}
			else if (c != '-' && c != ']') {
				return null;
			}
		}
		return variable.toString();
	}

	@Override
	public String toString() {
		return "PropertyIndex[" + this.byName.size() + " properties]";
	}

	/**
	 * A property of a secret.
	 *
	 * @param name its own name
	 * @param snapshot the snapshot that holds its value
	 */
	public record Property(String name, SecretSnapshot snapshot) {

		/**
		 * The value.
		 * @return a {@code String} or a {@code byte[]} that must not be changed
		 */
		public @Nullable Object value() {
			return this.snapshot.getValue(this.name);
		}

		/**
		 * The value as Spring is to be given it: with escaped placeholders, because a
		 * secret means what it says.
		 * @return a {@code String} or a {@code byte[]} that must not be changed
		 */
		public @Nullable Object environmentValue() {
			Object value = value();
			return (value instanceof String text) ? LiteralText.escape(text) : value;
		}

		/**
		 * Whether the value has what Spring would take for a placeholder.
		 * @return {@code true} if it does
		 */
		public boolean hasPlaceholder() {
			String text = text();
			return !LiteralText.escape(text).equals(text);
		}

		private String text() {
			return (value() instanceof byte[] bytes) ? new String(bytes, StandardCharsets.UTF_8)
					: String.valueOf(value());
		}

		private boolean isQuotedIn(String text) {
			if (value() instanceof byte[] bytes) {
				return bytes.length > 2 && (text.contains(Base64.getEncoder().encodeToString(bytes))
						|| text.contains(new String(bytes, StandardCharsets.UTF_8)));
			}
			if (!(value() instanceof String value) || value.length() <= 2) {
				return false;
			}
			String escaped = LiteralText.escape(value);
			return text.contains(value) || (!escaped.equals(value) && text.contains(escaped));
		}

	}

	/**
	 * A property that two entries of {@code secrets.sources} define.
	 *
	 * @param name the property
	 * @param ignoredSecret the secret whose value is not used
	 * @param usedSecret the secret whose value is used
	 */
	public record Collision(String name, String ignoredSecret, String usedSecret) {
	}

	/**
	 * A property with the environment variables that stand for it.
	 */
	private record Owner(Property property, int position, boolean variableLike, List<String> variables) {

		static Owner of(Property property, int position) {
			String name = property.name();
			String variable = variable(name, true);
			String withoutDashes = variable(name, false);
			if (variable == null || withoutDashes == null) {
				return new Owner(property, position, false, List.of(name));
			}
			return isVariableLike(name) ? new Owner(property, position, true, List.of(variable))
					: new Owner(property, position, false, List.of(withoutDashes, variable));
		}

		/**
		 * Of two names of which neither is a variable the dashes do not count; in
		 * {@code my-app} and {@code my.app} only the variable is the same.
		 */
		boolean isSameProperty(Owner other) {
			return this.variableLike || other.variableLike || this.variables.get(0).equals(other.variables.get(0));
		}

	}

}
