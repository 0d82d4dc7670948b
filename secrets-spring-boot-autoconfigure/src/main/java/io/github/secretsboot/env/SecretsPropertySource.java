package io.github.secretsboot.env;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.secretsboot.properties.Property;
import io.github.secretsboot.properties.PropertyIndex;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.refresh.SecretsState;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyCaching;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.util.ConcurrentReferenceHashMap;
import org.springframework.util.ConcurrentReferenceHashMap.ReferenceType;
import org.springframework.util.StringUtils;

/**
 * The properties of all secrets, as the engine has them right now. Read by any thread at
 * any time, without a lock.
 * <p>
 * Boot asks a source that can change for its names on every lookup and compares arrays,
 * so the same array is returned for as long as nothing changed.
 */
public class SecretsPropertySource extends EnumerablePropertySource<SecretsEngine> implements OriginLookup<String> {

	/** The name of the property source. */
	public static final String NAME = "secrets";

	private final Set<String> dashedParents = ConcurrentHashMap.newKeySet();

	private final Set<ConfigurableEnvironment> environments = Collections
		.newSetFromMap(new ConcurrentReferenceHashMap<>(1, ReferenceType.WEAK));

	private final Questions questions = new Questions();

	private final AtomicInteger contextRefreshes = new AtomicInteger();

	private volatile @Nullable Names names;

	/**
	 * Create a property source.
	 * @param engine holds the properties
	 */
	public SecretsPropertySource(SecretsEngine engine) {
		super(NAME, engine);
	}

	/**
	 * The value of a property, with an escape character before whatever Spring would take
	 * for a placeholder: {@code Environment}, {@code Binder} and {@code @Value} resolve
	 * that to the very value of the secret.
	 */
	@Override
	public @Nullable Object getProperty(String name) {
		Property property = find(name);
		Function<String, @Nullable Object> answers = this.questions.answers();
		if (answers != null) {
			return answers.apply(name);
		}
		return (property != null) ? property.environmentValue() : null;
	}

	@Override
	public boolean containsProperty(String name) {
		return find(name) != null;
	}

	@Override
	public @Nullable Origin getOrigin(String name) {
		Property property = find(name);
		return (property != null)
				? new SecretOrigin(property.snapshot().secretName(), property.snapshot().version().versionId()) : null;
	}

	private @Nullable Property find(String name) {
		PropertyIndex properties = state().properties();
		Property property = properties.find(name);
		if (this.questions.areHeard()) {
			this.questions.tell(name, property);
		}
		if (property == null && properties.isDashedParent(name)) {
			// Boot's binder asks for a nested object itself before it looks for its
			// children
			if (this.dashedParents.add(name)) {
				this.environments.forEach(this::clearNames);
			}
		}
		return property;
	}

	/**
	 * Have a binding that is under way see the names that its own questions bring up.
	 * Otherwise Boot, which asks for names once a binding, would miss a nested object
	 * with a dash in its name.
	 * @param environment the environment that this source has been added to
	 */
	void watch(ConfigurableEnvironment environment) {
		if (this.environments.isEmpty()) {
			this.questions.remember();
		}
		this.environments.add(environment);
	}

	/**
	 * Whether this source has been added to an environment, as opposed to a copy of it.
	 */
	boolean isWatching(ConfigurableEnvironment environment) {
		return this.environments.contains(environment);
	}

	/**
	 * Make a name known that is about to be bound.
	 * @param name the name
	 * @param sources where it is bound from
	 */
	void learn(String name, Iterable<ConfigurationPropertySource> sources) {
		if (state().properties().isDashedParent(name)) {
			find(name);
			clearNames(sources);
		}
	}

	private void clearNames(ConfigurableEnvironment environment) {
		if (environment.getPropertySources()
			.stream()
			.anyMatch(ConfigurationPropertySources::isAttachedConfigurationPropertySource)) {
			clearNames(ConfigurationPropertySources.get(environment));
		}
	}

	private void clearNames(Iterable<ConfigurationPropertySource> sources) {
		for (ConfigurationPropertySource source : sources) {
			if (source.getUnderlyingSource() == this) {
				ConfigurationPropertyCaching.get(List.of(source)).clear();
			}
		}
	}

	/**
	 * Check all secrets because Spring Cloud is refreshing the application context.
	 */
	void refreshWithContext() {
		this.contextRefreshes.incrementAndGet();
		try {
			getSource().refresh();
		}
		finally {
			this.contextRefreshes.decrementAndGet();
		}
	}

	/**
	 * Whether secrets are being checked because Spring Cloud is refreshing the
	 * application context, which goes on to tell beans itself what has changed.
	 * @return {@code true} if it will
	 */
	public boolean isContextRefreshing() {
		return this.contextRefreshes.get() > 0;
	}

	/**
	 * Tell an observer, too, which names the current thread asks for from now on, whether
	 * they are found or not.
	 * @param observer is given each name
	 * @return ends the observation; to be closed by the same thread
	 */
	public Observation observe(Consumer<String> observer) {
		return this.questions.observe(observer);
	}

	/**
	 * Have somebody else answer what the current thread asks for.
	 * @param answers is given each name
	 * @param action asks
	 * @param <T> what comes of it
	 * @return what comes of it
	 */
	public <T extends @Nullable Object> T answer(Function<String, @Nullable Object> answers, Supplier<T> action) {
		return this.questions.answer(answers, action);
	}

	/**
	 * Whether somebody else answers what the current thread asks for.
	 * @return {@code true} within {@link #answer}
	 */
	public boolean isAnswered() {
		return this.questions.answers() != null;
	}

	/**
	 * The state of the secrets that the current thread sees: the one in use, unless it is
	 * {@linkplain #seeing trying another one}.
	 * @return the state
	 */
	public SecretsState state() {
		View view = this.questions.view();
		return (view != null) ? view.state : getSource().state();
	}

	/**
	 * Whether the current thread sees the values that are in use.
	 * @return {@code false} if it is trying others
	 */
	public boolean isInUse() {
		return state().properties() == getSource().state().properties();
	}

	/**
	 * Have the current thread see one state of the secrets, whatever is in use meanwhile.
	 * The whole environment answers it accordingly; other threads notice nothing.
	 * @param state the state
	 * @param action reads
	 * @param <T> what comes of it
	 * @return what comes of it
	 */
	public <T extends @Nullable Object> T seeing(SecretsState state, Supplier<T> action) {
		View outer = this.questions.view();
		boolean same = outer != null && outer.state == state;
		return same ? action.get() : this.questions.seeing(new View(state), action);
	}

	/**
	 * The properties whose values can be in a text that exists now: while the application
	 * context starts, those that anybody has asked for; later all, as they are and as
	 * they were before the last change.
	 * @return the properties
	 */
	public Collection<Property> handedOut() {
		Set<Property> found = this.questions.found();
		if (found != null) {
			return List.copyOf(found);
		}
		SecretsState state = state();
		PropertyIndex former = state.formerProperties();
		List<Property> all = new ArrayList<>(state.properties().properties().values());
		all.addAll((former != null) ? former.properties().values() : List.of());
		return all;
	}

	/**
	 * No longer keep apart what was asked for and what was not.
	 */
	public void handOutAll() {
		this.questions.forget();
	}

	@Override
	public String[] getPropertyNames() {
		View view = this.questions.view();
		if (view != null) {
			view.names = currentNames(view.state.properties(), (view.names != null) ? view.names : this.names);
			return view.names.array;
		}
		Names current = currentNames(getSource().state().properties(), this.names);
		this.names = current;
		return current.array;
	}

	private Names currentNames(PropertyIndex properties, @Nullable Names former) {
		int parents = this.dashedParents.size();
		return (former != null && former.properties == properties && former.parents == parents) ? former
				: names(properties, parents, former);
	}

	private Names names(PropertyIndex properties, int parents, @Nullable Names former) {
		Set<String> all = new LinkedHashSet<>(properties.properties().keySet());
		all.addAll(properties.additionalNames(this.dashedParents));
		String[] array = StringUtils.toStringArray(all);
		// A rotation that changes values only is none to those who compare the names
		return new Names(properties, parents,
				(former != null && Arrays.equals(former.array, array)) ? former.array : array);
	}

	/**
	 * A thread that is being observed.
	 */
	@FunctionalInterface
	public interface Observation extends AutoCloseable {

		@Override
		void close();

	}

	/**
	 * A state that one thread sees, and the names in it.
	 */
	static final class View {

		private final SecretsState state;

		private @Nullable Names names;

		View(SecretsState state) {
			this.state = state;
		}

	}

	private record Names(PropertyIndex properties, int parents, String[] array) {
	}

}
