package io.github.secretsboot.redact;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.properties.PropertyNames;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.Ordered;

/**
 * Knows what Boot has bound {@code @ConfigurationProperties} from secrets, directly or
 * through placeholders in other property sources, and keeps the values out of the
 * exceptions of bindings that fail. Any number of threads may bind and ask.
 */
public class BoundSecrets implements ConfigurationPropertiesBindHandlerAdvisor, Ordered {

	private final SecretsPropertySource secrets;

	private final Map<Key, Map<String, Lookups>> bindings = new ConcurrentHashMap<>();

	/** Never shrinks: a bean may keep what was in a secret before. */
	private final Set<ConfigurationPropertyName> names = ConcurrentHashMap.newKeySet();

	private final @Nullable BoundSecrets parent;

	/**
	 * Create it with nothing bound yet.
	 * @param secrets the property source of the secrets
	 * @param parent what has been bound in the parent context, or {@code null}
	 */
	public BoundSecrets(SecretsPropertySource secrets, @Nullable BoundSecrets parent) {
		this.secrets = secrets;
		this.parent = parent;
	}

	@Override
	public int getOrder() {
		// Around the handlers of all others, whose exceptions may quote a value, too
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public BindHandler apply(BindHandler bindHandler) {
		return new SecretBindHandler(bindHandler, this.secrets, this::add);
	}

	private void add(Binding binding) {
		if (!this.secrets.isInUse()) {
			// Nobody keeps what is bound on trial
			return;
		}
		Map<String, Lookups> relevant = new TreeMap<>();
		binding.lookups().forEach((name, lookups) -> {
			if (!lookups.properties().isEmpty()) {
				this.names.add(name);
			}
			if (!lookups.properties().isEmpty() || !areAllBelow(lookups.names(), binding.prefix())) {
				relevant.put(name.toString(), lookups);
			}
		});
		this.bindings.put(new Key(binding.prefix(), binding.type()), relevant);
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
	 * What was asked for when a prefix was last bound to a type.
	 * @param prefix the prefix
	 * @param type the type
	 * @return the lookups by bound name
	 */
	public Map<String, Lookups> lookups(String prefix, Class<?> type) {
		return this.bindings.getOrDefault(new Key(prefix, type), Map.of());
	}

	/**
	 * Whether what a bean has under a name may have been made of a secret: a secret has
	 * been bound to the name, to something above or below it or, if nothing is known to
	 * have been bound to the name, to another member of the same object, which may have
	 * derived it.
	 * @param name the name, in whatever spelling
	 * @param bound whether something has been bound to the name
	 * @return {@code true} if it may
	 */
	public boolean mayBeIn(String name, boolean bound) {
		ConfigurationPropertyName asked = ConfigurationPropertyName.adapt(name, '.');
		return this.names.stream()
			.anyMatch((secret) -> Binding.areRelated(secret, asked)
					|| (!bound && secret.getParent().isAncestorOf(asked) && !secret.getParent().isEmpty()))
				|| (this.parent != null && this.parent.mayBeIn(name, bound));
	}

	private record Key(String prefix, Class<?> type) {
	}

}
