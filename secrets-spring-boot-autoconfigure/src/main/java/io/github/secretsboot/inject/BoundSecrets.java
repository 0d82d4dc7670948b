package io.github.secretsboot.inject;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.env.SecretsPropertySource.Observation;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

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
			if (!found.properties().isEmpty()) {
				lookups.put(name, found);
			}
		});
		this.bindings.put(binding.key, lookups);
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
			binding.startName(name.toString());
			return super.onStart(name, target, context);
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

		private final Observation observation;

		private Set<String> current = new LinkedHashSet<>();

		Binding(Key key) {
			this.key = key;
			this.observation = BoundSecrets.this.secrets.observe((name) -> this.current.add(name));
		}

		void startName(String name) {
			this.current = this.names.computeIfAbsent(name, (key) -> new LinkedHashSet<>());
		}

	}

	private record Key(String prefix, Class<?> type) {
	}

}
