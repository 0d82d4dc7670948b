package io.github.secretsboot.inject;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.env.SecretsPropertySource.Observation;
import io.github.secretsboot.refresh.PropertyNames;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.CollectionFactory;

/**
 * Watches Boot bind {@code @ConfigurationProperties} and notes which of the bound names
 * asked for which properties of secrets, directly or through placeholders in other
 * property sources.
 */
class BoundSecrets implements ConfigurationPropertiesBindHandlerAdvisor {

	private final SecretsPropertySource secrets;

	private final Map<Key, Map<String, Lookups>> bindings = new ConcurrentHashMap<>();

	BoundSecrets(SecretsPropertySource secrets) {
		this.secrets = secrets;
	}

	@Override
	public BindHandler apply(BindHandler bindHandler) {
		return new WatchingBindHandler(bindHandler);
	}

	/**
	 * What was asked for when a prefix was last bound to a type.
	 * @return the lookups by bound name
	 */
	Map<String, Lookups> lookups(String prefix, Class<?> type) {
		return this.bindings.getOrDefault(new Key(prefix, type), Map.of());
	}

	private void finish(Binding binding) {
		Map<String, Lookups> lookups = new TreeMap<>();
		binding.names.forEach((name, asked) -> {
			Lookups found = Lookups.of(asked, this.secrets.getSource().state().properties());
			if (!found.properties().isEmpty() || !areAllBelow(asked, binding.key.prefix)) {
				lookups.put(name, found);
			}
		});
		this.bindings.put(binding.key, lookups);
	}

	/**
	 * Whether the bound names themselves were asked for and nothing else, such as a
	 * placeholder for a secret that may appear later.
	 */
	private static boolean areAllBelow(Set<String> names, String prefix) {
		return names.stream()
			.allMatch((name) -> name.equals(prefix) || PropertyNames.of(Set.of(name)).containsAnyBelow(prefix));
	}

	/**
	 * One handler may serve several threads, so what it notes is kept by thread.
	 */
	private final class WatchingBindHandler extends AbstractBindHandler {

		private final ThreadLocal<@Nullable Binding> bindings = new ThreadLocal<>();

		WatchingBindHandler(BindHandler parent) {
			super(parent);
		}

		@Override
		public <T> @Nullable Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target,
				BindContext context) {
			Binding binding = this.bindings.get();
			if (binding == null) {
				binding = new Binding(new Key(name.toString(), target.getType().toClass()));
				this.bindings.set(binding);
			}
			binding.startName(name, target);
			return super.onStart(name, binding.isReplaceable(name, target) ? ofCopy(target) : target, context);
		}

		@Override
		public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				Exception error) throws Exception {
			end(name);
			return super.onFailure(name, target, context, error);
		}

		@Override
		public void onFinish(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				@Nullable Object result) throws Exception {
			super.onFinish(name, target, context, result);
			end(name);
		}

		/**
		 * Boot's binder clears and refills a collection that is there already. It is
		 * given a copy, so that readers see all of the old elements or all of the new
		 * ones.
		 */
		@SuppressWarnings("unchecked")
		private <T> Bindable<T> ofCopy(Bindable<T> target) {
			Supplier<T> existing = Objects.requireNonNull(target.getValue());
			return target.withSuppliedValue(() -> {
				Object value = existing.get();
				if (value instanceof Map<?, ?> map) {
					Map<Object, @Nullable Object> copy = CollectionFactory.createApproximateMap(map, map.size());
					copy.putAll(map);
					return (T) copy;
				}
				if (value instanceof Collection<?> collection) {
					Collection<@Nullable Object> copy = CollectionFactory.createApproximateCollection(collection,
							collection.size());
					copy.addAll(collection);
					return (T) copy;
				}
				return (T) value;
			});
		}

		private void end(ConfigurationPropertyName name) {
			Binding binding = this.bindings.get();
			if (binding != null && binding.key.prefix.equals(name.toString())) {
				binding.observation.close();
				this.bindings.remove();
				finish(binding);
			}
		}

	}

	private final class Binding {

		private final Key key;

		private final Map<String, Set<String>> names = new TreeMap<>();

		private final Map<ConfigurationPropertyName, Class<?>> types = new HashMap<>();

		private final Observation observation;

		private Set<String> current = new LinkedHashSet<>();

		Binding(Key key) {
			this.key = key;
			this.observation = BoundSecrets.this.secrets.observe((name) -> this.current.add(name));
		}

		void startName(ConfigurationPropertyName name, Bindable<?> target) {
			this.current = this.names.computeIfAbsent(name.toString(), (key) -> new LinkedHashSet<>());
			this.types.put(name, target.getType().toClass());
		}

		/**
		 * Whether a collection or map can be replaced as a whole by a setter.
		 */
		boolean isReplaceable(ConfigurationPropertyName name, Bindable<?> target) {
			Class<?> type = target.getType().toClass();
			if (target.getValue() == null
					|| !(Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type))) {
				return false;
			}
			Class<?> owner = name.isEmpty() ? null : this.types.get(name.getParent());
			return owner != null && Arrays.stream(BeanUtils.getPropertyDescriptors(owner))
				.anyMatch((property) -> property.getWriteMethod() != null && name
					.equals(name.getParent().append(DataObjectPropertyName.toDashedForm(property.getName()))));
		}

	}

	private record Key(String prefix, Class<?> type) {
	}

}
