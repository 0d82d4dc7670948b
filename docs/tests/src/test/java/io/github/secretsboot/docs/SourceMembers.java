package io.github.secretsboot.docs;

import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import io.github.secretsboot.env.SecretsProperties;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * What an entry of {@code secrets.sources} consists of. Elements of lists are not in the
 * metadata.
 */
final class SourceMembers {

	private SourceMembers() {
	}

	static Set<String> names() {
		Set<String> names = new TreeSet<>();
		try {
			for (PropertyDescriptor property : Introspector.getBeanInfo(SecretsProperties.Source.class, Object.class)
				.getPropertyDescriptors()) {
				names.add(dashed(property.getName()));
			}
		}
		catch (IntrospectionException ex) {
			throw new IllegalStateException(ex);
		}
		return names;
	}

	private static String dashed(String name) {
		return ConfigurationPropertyName.of(name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT)).toString();
	}

}
