package io.github.secretsboot.env;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.secretsboot.env.SecretsProperties.Source;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Binds {@link SecretsProperties}. Keys that do not exist and values that do not fit are
 * looked for only if there is a sign of them.
 */
class PropertiesBinder {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(SecretsProperties.PREFIX);

	private static final ConfigurationPropertyName SOURCES = PREFIX.append("sources");

	private final Environment environment;

	private final ConfigurationProblems problems;

	PropertiesBinder(Environment environment, ConfigurationProblems problems) {
		this.environment = environment;
		this.problems = problems;
	}

	/**
	 * Bind what there is, and report what is wrong.
	 * @return the properties, in which whatever is wrong is left out
	 */
	SecretsProperties bind() {
		if (!isAnySet()) {
			// Binding takes its time, also where there is nothing to bind
			return new SecretsProperties();
		}
		Questions questions = new Questions();
		Binder binder = Binder.get(this.environment);
		SecretsProperties properties = binder.bindOrCreate(SecretsProperties.PREFIX,
				Bindable.of(SecretsProperties.class), questions);
		Set<ConfigurationPropertyName> written = written();
		if (!questions.failures.isEmpty() || !questions.names.containsAll(written)) {
			explain(written, binder);
		}
		if (questions.failures.contains(SOURCES)) {
			explainGap(written);
			properties.setSources(entries(written, binder));
		}
		return properties;
	}

	/** Boot does not go on behind one. */
	private void explainGap(Set<ConfigurationPropertyName> written) {
		if (this.problems.isEmpty()) {
			written.stream()
				.filter(SOURCES::isAncestorOf)
				.findFirst()
				.ifPresent((name) -> this.problems.add(name.toString(),
						"comes after a gap: the entries of a list are numbered from 0"));
		}
	}

	/**
	 * One by one, since an entry in which nothing is right keeps Boot from all others.
	 */
	private static List<Source> entries(Set<ConfigurationPropertyName> written, Binder binder) {
		return written.stream()
			.filter((name) -> SOURCES.isAncestorOf(name) && name.isNumericIndex(SOURCES.getNumberOfElements()))
			.map((name) -> name.chop(SOURCES.getNumberOfElements() + 1))
			.distinct()
			.map((entry) -> binder.bind(entry, Bindable.of(Source.class), new Questions()).orElseGet(Source::new))
			.toList();
	}

	private void explain(Set<ConfigurationPropertyName> written, Binder binder) {
		KnownKeys keys = new KnownKeys();
		for (ConfigurationPropertyName name : written) {
			Bindable<?> target = keys.find(name);
			if (target == null) {
				this.problems.addUnknown(name, keys.explainUnknown(name));
			}
			else if (!fits(name, target, binder)) {
				this.problems.add(name.toString(), keys.explainValue(name, target));
			}
		}
	}

	private static boolean fits(ConfigurationPropertyName name, Bindable<?> target, Binder binder) {
		try {
			binder.bind(name, target);
			return true;
		}
		catch (BindException ex) {
			return false;
		}
	}

	private boolean isAnySet() {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source.containsDescendantOf(PREFIX) != ConfigurationPropertyState.ABSENT) {
				return true;
			}
		}
		return false;
	}

	private Set<ConfigurationPropertyName> written() {
		Set<ConfigurationPropertyName> written = new LinkedHashSet<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream()
					.filter((name) -> PREFIX.isAncestorOf(name) && isOurs(name, source))
					.forEach(written::add);
			}
		}
		return written;
	}

	/** Others set environment variables that begin like ours: Kubernetes, for example. */
	private static boolean isOurs(ConfigurationPropertyName name, ConfigurationPropertySource source) {
		return !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource) || SOURCES.isAncestorOf(name);
	}

	/**
	 * What the binder asks for, and what it cannot bind and so leaves out.
	 */
	private static final class Questions extends AbstractBindHandler {

		private final Set<ConfigurationPropertyName> names = new HashSet<>();

		private final Set<ConfigurationPropertyName> failures = new HashSet<>();

		@Override
		public <T> @Nullable Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target,
				BindContext context) {
			this.names.add(name);
			return target;
		}

		@Override
		public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				Exception error) {
			this.failures.add(name);
			return null;
		}

	}

}
