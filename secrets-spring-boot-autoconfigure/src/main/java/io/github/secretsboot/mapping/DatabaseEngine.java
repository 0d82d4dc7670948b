package io.github.secretsboot.mapping;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The databases that a URL is known for. Named as AWS names them in secrets, with the
 * editions of Amazon RDS ({@code oracle-ee}, {@code sqlserver-web}, {@code db2-se}), and
 * as they are named in the scheme of a {@code DATABASE_URL}.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html">JSON
 * structure of AWS Secrets Manager secrets</a>
 */
enum DatabaseEngine {

	POSTGRESQL(5432, "postgres", "postgresql", "aurora-postgresql"),

	MYSQL(3306, "mysql", "mysql2", "aurora", "aurora-mysql"),

	MARIADB(3306, "mariadb"),

	ORACLE(1521, "oracle"),

	SQLSERVER(1433, "sqlserver", "mssql"),

	DB2(50000, "db2"),

	REDSHIFT(5439, "redshift");

	private static final String CUSTOM = "custom-";

	private final int port;

	private final List<String> names;

	DatabaseEngine(int port, String... names) {
		this.port = port;
		this.names = List.of(names);
	}

	/**
	 * Find an engine.
	 * @param name any of its names, in any case
	 * @return the engine, or {@code null} if there is none of that name
	 */
	static @Nullable DatabaseEngine find(String name) {
		String lower = name.strip().toLowerCase(Locale.ROOT);
		String standard = lower.startsWith(CUSTOM) ? lower.substring(CUSTOM.length()) : lower;
		return Arrays.stream(values()).filter((engine) -> engine.isNamed(standard)).findFirst().orElse(null);
	}

	private boolean isNamed(String name) {
		return this.names.contains(name) || (hasEditions() && name.startsWith(this.names.get(0) + "-"));
	}

	private boolean hasEditions() {
		return this == ORACLE || this == SQLSERVER || this == DB2;
	}

	/**
	 * The port where a secret names none.
	 */
	int port() {
		return this.port;
	}

	/**
	 * The name in a JDBC or R2DBC URL.
	 */
	String urlName() {
		return name().toLowerCase(Locale.ROOT);
	}

	static String allNames() {
		return Arrays.stream(values()).map((engine) -> engine.names.get(0)).collect(Collectors.joining(", "));
	}

}
