package io.github.secretsboot.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.util.PlaceholderResolutionException;

/**
 * A placeholder in a config file that stands for nothing.
 *
 * @param placeholder the name that cannot be resolved
 * @param property the property that it is part of
 * @param origin where that property is declared
 */
record UnresolvedPlaceholder(String placeholder, String property, String origin) {

	/**
	 * Find all in the config files of an application.
	 * @param environment the environment
	 * @param secret tells whether a text holds the value of a secret
	 * @return the placeholders in the order of the config files
	 */
	static List<UnresolvedPlaceholder> findAll(ConfigurableEnvironment environment, Predicate<String> secret) {
		List<UnresolvedPlaceholder> found = new ArrayList<>();
		for (PropertySource<?> source : environment.getPropertySources()) {
			if (source instanceof OriginTrackedMapPropertySource configFile) {
				for (String property : configFile.getPropertyNames()) {
					String text = String.valueOf(configFile.getProperty(property));
					try {
						environment.resolveRequiredPlaceholders(text);
					}
					catch (PlaceholderResolutionException ex) {
						// Never its message, which quotes what was resolved on the way
						String name = ex.getPlaceholder();
						found.add(new UnresolvedPlaceholder(secret.test(name) ? "(made of a secret)" : name, property,
								String.valueOf(OriginLookup.getOrigin(configFile, property))));
					}
				}
			}
		}
		return found;
	}

}
