package io.github.secretsboot.mapping;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Where a database is, apart from how its driver spells that.
 *
 * @param engine the database
 * @param hosts where it listens
 * @param database the name of the database or, for Oracle, of the service
 * @param sid the system identifier, of Oracle only, instead of a service
 * @param parameters parameters of the connection as they are written in the query of a
 * URL
 * @param where what of the secret says all that, for people
 */
record DatabaseAddress(DatabaseEngine engine, List<DatabaseHost> hosts, @Nullable String database, @Nullable String sid,
		List<String> parameters, String where) {

	private static final Pattern PLAIN_NAME = Pattern.compile("[\\p{L}\\p{N}_$#.-]+");

	String url(DatabaseTarget target) {
		return (target == DatabaseTarget.R2DBC) ? r2dbcUrl() : jdbcUrl();
	}

	/**
	 * The URL for the driver that the makers of the database publish.
	 */
	private String jdbcUrl() {
		String start = "jdbc:" + this.engine.urlName() + ":";
		return switch (this.engine) {
			case POSTGRESQL, MYSQL -> start + "//" + allHosts() + "/"
					+ ((this.database != null) ? PercentEncoding.encode(this.database) : "") + query();
			case MARIADB ->
				start + "//" + allHosts() + "/" + ((this.database != null) ? plainDatabase() : "") + query();
			case REDSHIFT -> start + "//" + oneHost() + "/" + plainDatabase() + query();
			case ORACLE -> start + "thin:@" + oracleService() + query();
			case SQLSERVER -> start + "//" + sqlServerHost()
					+ ((this.database != null) ? ";databaseName=" + sqlServerValue(this.database) : "")
					+ decodedParameters(true).stream()
						.map((parameter) -> ";" + parameter)
						.collect(Collectors.joining());
			case DB2 -> start + "//" + oneHost() + "/" + plainDatabase() + db2Parameters();
		};
	}

	private String oracleService() {
		if (this.sid == null) {
			return "//" + oneHost() + "/" + plainDatabase();
		}
		return oneHost() + ":" + plain(this.sid, "SID");
	}

	/** Microsoft's driver takes an address of IPv6 as a property only. */
	private String sqlServerHost() {
		DatabaseHost host = oneHost();
		return host.isIpv6() ? ";serverName=" + host.name() + ";portNumber=" + host.port() : host.toString();
	}

	private static String sqlServerValue(String value) {
		return PLAIN_NAME.matcher(value).matches() ? value : "{" + value.replace("}", "}}") + "}";
	}

	private String db2Parameters() {
		String parameters = decodedParameters(false).stream()
			.map((parameter) -> parameter + ";")
			.collect(Collectors.joining());
		return parameters.isEmpty() ? "" : ":" + parameters;
	}

	private List<String> decodedParameters(boolean quoted) {
		return this.parameters.stream().map((parameter) -> decoded(parameter, quoted)).toList();
	}

	private String decoded(String parameter, boolean quoted) {
		int equals = parameter.indexOf('=');
		String name = parameter.substring(0, equals);
		String value = PercentEncoding.decode(parameter.substring(equals + 1), false, this.where);
		if (quoted) {
			return name + "=" + sqlServerValue(value);
		}
		if (value.indexOf(';') >= 0) {
			throw new MalformedSecretException(this.where + " has a parameter with a semicolon, which Db2 cannot take");
		}
		return name + "=" + value;
	}

	private String r2dbcUrl() {
		if (this.engine == DatabaseEngine.REDSHIFT) {
			throw new MalformedSecretException(this.where + " names Redshift, which has no R2DBC driver");
		}
		if (this.sid != null) {
			throw new MalformedSecretException("key 'sid' cannot be part of an R2DBC URL; name the service instead");
		}
		return "r2dbc:" + this.engine.urlName() + "://" + allHosts()
				+ ((this.database != null) ? "/" + PercentEncoding.encode(this.database) : "") + r2dbcQuery();
	}

	/** The driver for PostgreSQL has a spelling of its own. */
	private String r2dbcQuery() {
		String query = query();
		return (this.engine == DatabaseEngine.POSTGRESQL) ? query.replaceFirst("(?<=[?&])sslmode=", "sslMode=") : query;
	}

	private String query() {
		return this.parameters.isEmpty() ? "" : "?" + String.join("&", this.parameters);
	}

	private String allHosts() {
		return this.hosts.stream().map(DatabaseHost::toString).collect(Collectors.joining(","));
	}

	private DatabaseHost oneHost() {
		if (this.hosts.size() > 1) {
			throw new MalformedSecretException(this.where + " names more than one host, but a URL of "
					+ this.engine.urlName() + " can name only one");
		}
		return this.hosts.get(0);
	}

	private String plainDatabase() {
		if (this.database == null) {
			throw new MalformedSecretException("the name of the database ('dbname') is missing, but a URL of "
					+ this.engine.urlName() + " needs it");
		}
		return plain(Objects.requireNonNull(this.database), "name of the database ('dbname')");
	}

	private String plain(String name, String what) {
		if (!PLAIN_NAME.matcher(name).matches()) {
			throw new MalformedSecretException(
					"the " + what + " has characters that cannot be part of a URL of " + this.engine.urlName());
		}
		return name;
	}

}
