package io.github.secretsboot.env;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * The keys below {@code secrets}, and what their values may be: those that Spring Boot
 * asks for when it binds {@link SecretsProperties}.
 */
class KnownKeys {

	private final Map<ConfigurationPropertyName, Bindable<?>> targets = new LinkedHashMap<>();

	KnownKeys() {
		this.targets.put(ConfigurationPropertyName.of(PreflightOption.PROPERTY), Bindable.of(String.class));
		// A source that may have everything and has nothing
		Binder binder = new Binder((name) -> null);
		binder.bind(SecretsProperties.PREFIX, Bindable.of(SecretsProperties.class), new AbstractBindHandler() {

			@Override
			public <T> @Nullable Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target,
					BindContext context) {
				KnownKeys.this.targets.put(name, target);
				return target;
			}

		});
	}

	/**
	 * What a key is bound to.
	 * @return the target, or {@code null} if there is no such key
	 */
	@Nullable Bindable<?> find(ConfigurationPropertyName name) {
		Bindable<?> target = this.targets.get(inFirstEntry(name));
		if (target != null) {
			return target;
		}
		Bindable<?> parent = this.targets.get(inFirstEntry(name.getParent()));
		return isA(parent, Map.class) ? Bindable.of(String.class) : null;
	}

	/** All entries of a list have the keys of the first one. */
	private static ConfigurationPropertyName inFirstEntry(ConfigurationPropertyName name) {
		return ConfigurationPropertyName.adapt(name.toString().replaceAll("\\[\\d+]", "[0]"), '.');
	}

	private static boolean isA(@Nullable Bindable<?> target, Class<?> type) {
		return target != null && type.isAssignableFrom(target.getType().resolve(Object.class));
	}

	/**
	 * Why a key is unknown, and which one may be meant.
	 */
	String explainUnknown(ConfigurationPropertyName name) {
		ConfigurationPropertyName unknown = name;
		while (find(unknown.getParent()) == null) {
			unknown = unknown.getParent();
		}
		ConfigurationPropertyName parent = unknown.getParent();
		if (isA(find(parent), List.class)) {
			return "'" + parent + "' is a list: begin each of its entries with a dash";
		}
		Map<String, ConfigurationPropertyName> siblings = childrenOf(parent);
		if (siblings.isEmpty()) {
			return "'" + parent + "' has a value and no keys below it";
		}
		String meant = meant(unknown, siblings);
		return "unknown key." + ((meant != null) ? " Did you mean '" + meant + "'?" : "") + " The allowed keys are "
				+ String.join(", ", siblings.keySet());
	}

	private Map<String, ConfigurationPropertyName> childrenOf(ConfigurationPropertyName parent) {
		Map<String, ConfigurationPropertyName> children = new TreeMap<>();
		ConfigurationPropertyName first = inFirstEntry(parent);
		this.targets.keySet()
			.stream()
			.filter((key) -> key.getNumberOfElements() > 1 && key.getParent().equals(first))
			.forEach((key) -> children.put(key.getLastElement(Form.DASHED), key));
		return children;
	}

	/** The sibling with a similar name, or else the key of the same name elsewhere. */
	private @Nullable String meant(ConfigurationPropertyName unknown, Map<String, ConfigurationPropertyName> siblings) {
		String written = unknown.getLastElement(Form.UNIFORM);
		return siblings.keySet()
			.stream()
			.filter((key) -> Similarity.isClose(written, key.replace("-", "")))
			.min(Comparator.comparing((key) -> Similarity.distance(written, key.replace("-", ""))))
			.orElseGet(() -> this.targets.keySet()
				.stream()
				.filter((key) -> key.getLastElement(Form.UNIFORM).equals(written))
				.map(ConfigurationPropertyName::toString)
				.findFirst()
				.orElse(null));
	}

	/**
	 * What the value of a key must be.
	 */
	String explainValue(ConfigurationPropertyName name, Bindable<?> target) {
		Map<String, ConfigurationPropertyName> children = childrenOf(name);
		if (!children.isEmpty() && !isA(target, List.class)) {
			return "must have no value of its own, only keys below it: " + String.join(", ", children.keySet());
		}
		Class<?> type = target.getType().resolve(Object.class);
		if (type.isEnum()) {
			return "must be one of " + Arrays.stream(type.getEnumConstants())
				.map((constant) -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
				.collect(Collectors.joining(", "));
		}
		if (type == Duration.class) {
			return "must be a duration, such as 10s, 5m or 1h";
		}
		if (type == boolean.class || type == Boolean.class) {
			return "must be true or false";
		}
		if (type == int.class || type == Integer.class) {
			return "must be a whole number";
		}
		if (type == double.class || type == BigDecimal.class) {
			return "must be a number";
		}
		return "must be a " + type.getSimpleName().toLowerCase(Locale.ROOT);
	}

}
