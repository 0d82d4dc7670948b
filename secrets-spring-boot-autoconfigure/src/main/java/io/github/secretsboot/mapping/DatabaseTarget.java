package io.github.secretsboot.mapping;

/**
 * What a database secret becomes: the URL, user name and password of a connection
 * factory, under the names that Spring Boot has for them.
 */
public enum DatabaseTarget {

	/** {@code url}, {@code username} and {@code password} of a JDBC data source. */
	DATASOURCE("spring.datasource."),

	/**
	 * {@code url}, {@code username} and {@code password} of an R2DBC connection factory.
	 */
	R2DBC("spring.r2dbc.");

	private final String prefix;

	DatabaseTarget(String prefix) {
		this.prefix = prefix;
	}

	/**
	 * The prefix of the names of the properties.
	 * @param configured the prefix that the application asks for, empty for Boot's own
	 * @return the prefix, which ends such that a name can follow
	 */
	String prefix(String configured) {
		if (configured.isEmpty()) {
			return this.prefix;
		}
		return ("._-".indexOf(configured.charAt(configured.length() - 1)) >= 0) ? configured : configured + ".";
	}

}
