package io.github.secretsboot.mapping;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * The rules that Spring Boot has for environment variables: which variable stands for a
 * property, and which property a variable is.
 *
 * @see <a href=
 * "https://docs.spring.io/spring-boot/reference/features/external-config.html#features.external-config.typesafe-configuration-properties.relaxed-binding.environment-variables">Spring
 * Boot: Binding From Environment Variables</a>
 */
public final class VariableName {

	private VariableName() {
	}

	/**
	 * Whether a property is named like a variable, and so answers to other spellings.
	 * @param name the name of the property
	 * @return {@code true} if it has an underscore or no lower-case letter
	 */
	public static boolean isVariableLike(String name) {
		return name.indexOf('_') >= 0 || name.chars().noneMatch(Character::isLowerCase);
	}

	/**
	 * The variable that stands for a property.
	 * @param name the name of the property
	 * @param dashes whether a dash becomes an underscore; else it is left out
	 * @return the name of the variable, or {@code null} if none can stand for it
	 */
	public static @Nullable String of(String name, boolean dashes) {
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

	/**
	 * The property that a variable is, with a dot for each underscore.
	 * @param variable a name that is variable-like
	 * @return the name of the property, or {@code null} if it would be the same or none
	 */
	public static @Nullable String dotted(String variable) {
		if (variable.indexOf('_') < 0) {
			return null;
		}
		StringBuilder dotted = new StringBuilder();
		for (String element : StringUtils.tokenizeToStringArray(variable.toLowerCase(Locale.ROOT), "_")) {
			boolean number = element.chars().allMatch(Character::isDigit);
			dotted.append((number || dotted.isEmpty()) ? "" : ".").append(number ? "[" + element + "]" : element);
		}
		return (!dotted.isEmpty() && dotted.charAt(0) != '[') ? dotted.toString() : null;
	}

}
