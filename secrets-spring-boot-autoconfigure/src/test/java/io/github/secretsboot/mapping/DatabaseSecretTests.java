package io.github.secretsboot.mapping;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.secretsboot.SecretVersion;
import io.github.secretsboot.fetch.SecretValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests what {@link SecretMapper} makes of database secrets: a table of contents and what
 * comes of them.
 */
class DatabaseSecretTests {

	private static final String LOGIN = "'username':'app','password':'canary-1'";

	private static final SecretVersion VERSION = new SecretVersion("myapp/prod/database",
			"arn:aws:secretsmanager:eu-central-1:123456789012:secret:myapp/prod/database-a1B2c3", "v1", List.of(),
			null);

	private final SecretMapper mapper = new SecretMapper();

	@ParameterizedTest(name = "{0}")
	@MethodSource({ "awsShapes", "otherKeys", "platformUrls", "driverUrls", "r2dbc", "malformedKeys", "malformedUrls" })
	void whenSecretIsOfADatabaseThenPropertiesOrFailureAreAsInTheTable(Row row) {
		MappingRules rules = new MappingRules("", Map.of(), SecretFormat.AUTO, row.target);
		if (row.failure == null) {
			Map<String, Object> properties = this.mapper.map(text(row.text), rules).properties();
			assertThat(properties).isEqualTo(row.properties());
			assertThat(String.valueOf(properties.get(prefix(row.target) + "url"))).doesNotContain("canary");
		}
		else {
			MalformedSecretException ex = catchThrowableOfType(MalformedSecretException.class,
					() -> this.mapper.map(text(row.text), rules));
			assertThat(ex).as("refused").isNotNull().hasMessageContaining(row.failure).hasNoCause();
			assertThat(ex.getMessage()).doesNotContainIgnoringCase("canary");
		}
	}

	static Stream<Row> awsShapes() {
		return Stream.of(
				json("postgres", "'engine':'postgres','host':'db.example.com','port':5432,'dbname':'shop'")
					.gives("jdbc:postgresql://db.example.com:5432/shop"),
				json("port as text", "'engine':'postgres','host':'db.example.com','port':'5433','dbname':'shop'")
					.gives("jdbc:postgresql://db.example.com:5433/shop"),
				json("no port, no database", "'engine':'postgres','host':'db.example.com'")
					.gives("jdbc:postgresql://db.example.com:5432/"),
				json("empty database", "'engine':'mysql','host':'db.example.com','dbname':''")
					.gives("jdbc:mysql://db.example.com:3306/"),
				json("all keys of the console",
						"'engine':'postgres','host':'db.example.com','port':5432,'dbname':'shop','dbInstanceIdentifier':'db-1',"
								+ "'masterarn':'arn:aws:secretsmanager:eu-central-1:123456789012:secret:admin-a1B2c3'")
					.gives("jdbc:postgresql://db.example.com:5432/shop"),
				json("Aurora PostgreSQL",
						"'engine':'aurora-postgresql','host':'c.cluster-x.eu-central-1.rds.amazonaws.com','port':5432,"
								+ "'dbname':'shop','dbClusterIdentifier':'c'")
					.gives("jdbc:postgresql://c.cluster-x.eu-central-1.rds.amazonaws.com:5432/shop"),
				json("Aurora MySQL", "'engine':'aurora-mysql','host':'db.example.com','dbname':'shop'")
					.gives("jdbc:mysql://db.example.com:3306/shop"),
				json("Aurora of old", "'engine':'aurora','host':'db.example.com','dbname':'shop'")
					.gives("jdbc:mysql://db.example.com:3306/shop"),
				json("MySQL", "'engine':'mysql','host':'db.example.com','port':3306,'dbname':'shop'")
					.gives("jdbc:mysql://db.example.com:3306/shop"),
				json("MariaDB", "'engine':'mariadb','host':'db.example.com','port':3307,'dbname':'shop'")
					.gives("jdbc:mariadb://db.example.com:3307/shop"),
				json("Oracle, a service", "'engine':'oracle','host':'db.example.com','port':1521,'dbname':'ORCL'")
					.gives("jdbc:oracle:thin:@//db.example.com:1521/ORCL"),
				json("Oracle, edition and service name",
						"'engine':'oracle-se2-cdb','host':'db.example.com','serviceName':'shop.example.com'")
					.gives("jdbc:oracle:thin:@//db.example.com:1521/shop.example.com"),
				json("Oracle, SID", "'engine':'oracle','host':'db.example.com','sid':'ORCL'")
					.gives("jdbc:oracle:thin:@db.example.com:1521:ORCL"),
				json("SQL Server", "'engine':'sqlserver','host':'db.example.com','port':1433,'dbname':'shop'")
					.gives("jdbc:sqlserver://db.example.com:1433;databaseName=shop"),
				json("SQL Server, edition, no database", "'engine':'sqlserver-web','host':'db.example.com'")
					.gives("jdbc:sqlserver://db.example.com:1433"),
				json("SQL Server, database with a semicolon",
						"'engine':'sqlserver','host':'db.example.com','dbname':'a;b}c'")
					.gives("jdbc:sqlserver://db.example.com:1433;databaseName={a;b}}c}"),
				json("SQL Server, IPv6", "'engine':'custom-sqlserver-ee','host':'2001:db8::1','dbname':'shop'")
					.gives("jdbc:sqlserver://;serverName=2001:db8::1;portNumber=1433;databaseName=shop"),
				json("Db2", "'engine':'db2','host':'db.example.com','port':50001,'dbname':'SHOP'")
					.gives("jdbc:db2://db.example.com:50001/SHOP"),
				json("Db2, edition, no port", "'engine':'db2-se','host':'db.example.com','dbname':'SHOP'")
					.gives("jdbc:db2://db.example.com:50000/SHOP"),
				json("Redshift", "'engine':'redshift','host':'r.example.com','port':5439,'dbname':'dev'")
					.gives("jdbc:redshift://r.example.com:5439/dev"),
				json("Redshift Serverless",
						"'engine':'redshift','host':'r.example.com','dbname':'dev','namespaceName':'analytics'")
					.gives("jdbc:redshift://r.example.com:5439/dev"),
				json("managed by Amazon RDS").gives(null),
				json("PostgreSQL, IPv6", "'engine':'postgres','host':'2001:db8::1','dbname':'shop'")
					.gives("jdbc:postgresql://[2001:db8::1]:5432/shop"),
				json("IPv6 in brackets", "'engine':'mysql','host':'[::1]','port':3306,'dbname':'shop'")
					.gives("jdbc:mysql://[::1]:3306/shop"),
				json("database with special characters", "'engine':'postgres','host':'db','dbname':'my shop/ü?x=1'")
					.gives("jdbc:postgresql://db:5432/my%20shop%2F%C3%BC%3Fx%3D1"));
	}

	static Stream<Row> otherKeys() {
		return Stream.of(
				json("host with the same port", "'engine':'postgres','host':'db:5432','port':5432,'dbname':'shop'")
					.gives("jdbc:postgresql://db:5432/shop"),
				json("port with the host only", "'engine':'postgres','host':'db:5433','dbname':'shop'")
					.gives("jdbc:postgresql://db:5433/shop"),
				json("several hosts", "'engine':'postgres','host':'db1,db2','port':5432,'dbname':'shop'")
					.gives("jdbc:postgresql://db1:5432,db2:5432/shop"),
				json("other cases", "'ENGINE':'PostgreSQL','HOST':'db','DB_NAME':'shop'")
					.gives("jdbc:postgresql://db:5432/shop"),
				json("AWS's own spelling counts", "'engine':'mysql','host':'db','Host':'other','dbname':'shop'")
					.gives("jdbc:mysql://db:3306/shop"),
				row("other names",
						"{'engine':'mysql','hostname':'db','database':'shop','user':'app','password':'canary-1'}")
					.gives("jdbc:mysql://db:3306/shop"),
				row("password with blanks at its ends", "{'username':'app','password':' canary-1 '}")
					.gives(null, "app", " canary-1 "),
				row("empty password", "{'username':'app','password':''}").gives(null, "app", ""),
				row("any character in a password",
						"{'username':'a${b}@c','password':'canary-\\\\\\\"/@:?#%41+&=;{}${x}#{y}\\u20ac'}")
					.gives(null, "a${b}@c", "canary-\\\"/@:?#%41+&=;{}${x}#{y}\u20ac"),
				row("null as the only port", "{'engine':'mysql','host':'db','port':null," + LOGIN + "}")
					.gives("jdbc:mysql://db:3306/"));
	}

	static Stream<Row> platformUrls() {
		return Stream.of(
				row("DATABASE_URL", "{'DATABASE_URL':'postgresql://app:canary-1@db:5432/shop?sslmode=require'}")
					.gives("jdbc:postgresql://db:5432/shop?sslmode=require"),
				row("text", "postgres://app:canary-1@db:5432/shop").gives("jdbc:postgresql://db:5432/shop"),
				row("text with blanks and a line break", " postgres://app:canary-1@db/shop\n")
					.gives("jdbc:postgresql://db:5432/shop"),
				row("key 'url'", "{'url':'mysql://app:canary-1@db/shop?useSSL=true'}")
					.gives("jdbc:mysql://db:3306/shop?useSSL=true"),
				row("keys beside the URL count", "{'DATABASE_URL':'mysql://old:canary-0@db/shop'," + LOGIN + "}")
					.gives("jdbc:mysql://db:3306/shop"),
				row("JDBC_URL before DATABASE_URL",
						"{'DATABASE_URL':'mysql://a:canary-0@x/y','JDBC_URL':'jdbc:mariadb://db/shop'," + LOGIN + "}")
					.gives("jdbc:mariadb://db/shop"),
				row("percent-encoded login", "postgresql://a%40b:canary-%2F%3A%40%25%23%3F%20%E2%82%AC@db/shop")
					.gives("jdbc:postgresql://db:5432/shop", "a@b", "canary-/:@%#? \u20ac"),
				row("plus sign", "postgresql://app:canary-+1@db/shop").gives("jdbc:postgresql://db:5432/shop", "app",
						"canary-+1"),
				row("colon and at sign in the password", "postgresql://app:canary-:a@b@db/shop")
					.gives("jdbc:postgresql://db:5432/shop", "app", "canary-:a@b"),
				row("placeholder in the password", "postgresql://app:canary-${a}@db/shop")
					.gives("jdbc:postgresql://db:5432/shop", "app", "canary-${a}"),
				row("IPv6", "postgresql://app:canary-1@[2001:db8::1]:5433/shop")
					.gives("jdbc:postgresql://[2001:db8::1]:5433/shop"),
				row("several hosts", "postgresql://app:canary-1@db1:5433,db2/shop?targetServerType=primary")
					.gives("jdbc:postgresql://db1:5433,db2:5432/shop?targetServerType=primary"),
				row("no database", "postgresql://app:canary-1@db").gives("jdbc:postgresql://db:5432/"),
				row("no login", "postgresql://db/shop").gives("jdbc:postgresql://db:5432/shop", null, null),
				row("no password", "postgresql://app@db/shop").gives("jdbc:postgresql://db:5432/shop", "app", null),
				row("empty password", "postgresql://app:@db/shop").gives("jdbc:postgresql://db:5432/shop", "app", ""),
				row("login in the query", "postgresql://db/shop?user=app&password=canary-1%26&ssl=true")
					.gives("jdbc:postgresql://db:5432/shop?ssl=true", "app", "canary-1&"),
				row("encoded database", "mysql://app:canary-1@db/my%20shop").gives("jdbc:mysql://db:3306/my%20shop"),
				row("scheme with a driver", "postgresql+psycopg2://app:canary-1@db/shop")
					.gives("jdbc:postgresql://db:5432/shop"),
				row("Rails", "mysql2://app:canary-1@db/shop").gives("jdbc:mysql://db:3306/shop"),
				row("MariaDB", "mariadb://app:canary-1@db/shop").gives("jdbc:mariadb://db:3306/shop"),
				row("SQL Server", "sqlserver://app:canary-1@db:1434/shop?encrypt=true&applicationName=a%3Bb")
					.gives("jdbc:sqlserver://db:1434;databaseName=shop;encrypt=true;applicationName={a;b}"),
				row("Oracle", "oracle://app:canary-1@db:1521/ORCL").gives("jdbc:oracle:thin:@//db:1521/ORCL"),
				row("Db2", "db2://app:canary-1@db/SHOP?sslConnection=true")
					.gives("jdbc:db2://db:50000/SHOP:sslConnection=true;"),
				row("Redshift", "redshift://app:canary-1@r/dev").gives("jdbc:redshift://r:5439/dev"));
	}

	static Stream<Row> driverUrls() {
		return Stream.of(
				row("no login", "{'jdbcUrl':'jdbc:postgresql://db:5432/shop?ssl=true'," + LOGIN + "}")
					.gives("jdbc:postgresql://db:5432/shop?ssl=true"),
				row("login in the query", "jdbc:postgresql://db/shop?user=app&password=canary-1&ssl=true")
					.gives("jdbc:postgresql://db/shop?ssl=true"),
				row("only the login in the query", "jdbc:postgresql://db/shop?user=app&password=canary-1")
					.gives("jdbc:postgresql://db/shop"),
				row("encoded login in the query", "jdbc:mysql://db/shop?user=app&password=canary-%26+1")
					.gives("jdbc:mysql://db/shop", "app", "canary-& 1"),
				row("user info", "jdbc:mysql://app:canary-1@db:3306/shop?useSSL=true")
					.gives("jdbc:mysql://db:3306/shop?useSSL=true"),
				row("several hosts", "jdbc:mysql:loadbalance://app:canary-1@db1:3306,db2/shop")
					.gives("jdbc:mysql:loadbalance://db1:3306,db2/shop"),
				row("MariaDB", "jdbc:mariadb://db/shop?user=app&password=canary-+1").gives("jdbc:mariadb://db/shop",
						"app", "canary-+1"),
				row("MariaDB does not decode", "jdbc:mariadb://db/shop?user=app&password=canary-%41")
					.gives("jdbc:mariadb://db/shop", "app", "canary-%41"),
				row("AWS's wrapper",
						"jdbc:aws-wrapper:postgresql://db/shop?wrapperPlugins=failover&user=app&password=canary-1")
					.gives("jdbc:aws-wrapper:postgresql://db/shop?wrapperPlugins=failover"),
				row("SQL Server",
						"jdbc:sqlserver://db:1433;databaseName=shop;user=app@azure;password={canary-;}}1};encrypt=true")
					.gives("jdbc:sqlserver://db:1433;databaseName=shop;encrypt=true", "app@azure", "canary-;}1"),
				row("SQL Server, instance", "jdbc:sqlserver://db\\\\shop;user=app;password=canary-1;")
					.gives("jdbc:sqlserver://db\\\\shop"),
				row("Oracle", "jdbc:oracle:thin:app/canary-1@//db:1521/ORCL").gives("jdbc:oracle:thin:@//db:1521/ORCL"),
				row("Oracle, quotes", "jdbc:oracle:thin:app/\"canary-@/1\"@db:1521:ORCL")
					.gives("jdbc:oracle:thin:@db:1521:ORCL", "app", "canary-@/1"),
				row("Oracle, no login",
						"{'url':'jdbc:oracle:thin:@tcps://db:1521/ORCL?ssl_server_dn_match=yes'," + LOGIN + "}")
					.gives("jdbc:oracle:thin:@tcps://db:1521/ORCL?ssl_server_dn_match=yes"),
				row("Db2", "jdbc:db2://db:50000/SHOP:user=app;password=canary-1;sslConnection=true;")
					.gives("jdbc:db2://db:50000/SHOP:sslConnection=true;"),
				row("Db2, only the login", "jdbc:db2://db:50000/SHOP:user=app;password=canary-1;")
					.gives("jdbc:db2://db:50000/SHOP"),
				row("H2", "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1;USER=app;PASSWORD=canary-1")
					.gives("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1"),
				row("Redshift, IAM", "{'url':'jdbc:redshift:iam://r:5439/dev'," + LOGIN + "}")
					.gives("jdbc:redshift:iam://r:5439/dev"));
	}

	static Stream<Row> r2dbc() {
		return Stream.of(
				json("PostgreSQL", "'engine':'aurora-postgresql','host':'db','port':5432,'dbname':'shop'").r2dbc()
					.gives("r2dbc:postgresql://db:5432/shop"),
				json("MySQL, no database", "'engine':'mysql','host':'db'").r2dbc().gives("r2dbc:mysql://db:3306"),
				json("MariaDB", "'engine':'mariadb','host':'db','dbname':'shop'").r2dbc()
					.gives("r2dbc:mariadb://db:3306/shop"),
				json("Oracle", "'engine':'oracle','host':'db','dbname':'ORCL'").r2dbc()
					.gives("r2dbc:oracle://db:1521/ORCL"),
				json("SQL Server", "'engine':'sqlserver','host':'::1','dbname':'my shop'").r2dbc()
					.gives("r2dbc:sqlserver://[::1]:1433/my%20shop"),
				json("Db2", "'engine':'db2','host':'db','dbname':'SHOP'").r2dbc().gives("r2dbc:db2://db:50000/SHOP"),
				json("managed by Amazon RDS").r2dbc().gives(null),
				row("DATABASE_URL", "{'DATABASE_URL':'postgresql://app:canary-1@db/shop?sslmode=require'}").r2dbc()
					.gives("r2dbc:postgresql://db:5432/shop?sslMode=require"),
				row("R2DBC URL", "r2dbc:pool:postgresql://app:canary-%2F1@db:5432/shop?maxSize=5").r2dbc()
					.gives("r2dbc:pool:postgresql://db:5432/shop?maxSize=5", "app", "canary-/1"),
				row("R2DBC URL with TLS", "r2dbcs:mysql://app:canary-1@db/shop").r2dbc()
					.gives("r2dbcs:mysql://db/shop"),
				row("R2DBC_URL before DATABASE_URL",
						"{'DATABASE_URL':'mysql://a:canary-0@x/y','R2DBC_URL':'r2dbc:mysql://app:canary-1@db/shop'}")
					.r2dbc()
					.gives("r2dbc:mysql://db/shop"),
				json("Redshift", "'engine':'redshift','host':'db','dbname':'dev'").r2dbc()
					.fails("names Redshift, which has no R2DBC driver"),
				json("SID", "'engine':'oracle','host':'db','sid':'ORCL'").r2dbc().fails("key 'sid' cannot be part of"),
				row("JDBC URL", "jdbc:postgresql://canary-db/shop").r2dbc()
					.fails("the text is a URL of datasource, not of r2dbc: set 'as: datasource'"),
				row("R2DBC URL for JDBC", "r2dbc:postgresql://canary-db/shop")
					.fails("the text is a URL of r2dbc, not of datasource: set 'as: r2dbc'"));
	}

	static Stream<Row> malformedKeys() {
		return Stream.of(row("no key", "{'STRIPE_KEY':'canary-1'}").fails("has none of the keys of a database secret"),
				row("empty object", "{}").fails("has none of the keys of a database secret"),
				row("no engine", "{'host':'canary-db'," + LOGIN + "}")
					.fails("key 'engine' of a database secret is missing"),
				row("no host", "{'engine':'mysql','dbname':'canary-'," + LOGIN + "}")
					.fails("key 'host' of a database secret is missing"),
				row("no user name", "{'password':'canary-1'}").fails("key 'username' of a database secret is missing"),
				row("no password", "{'engine':'mysql','host':'canary-db','username':'canary-app'}")
					.fails("key 'password' of a database secret is missing"),
				json("unknown engine", "'engine':'canary-db','host':'db'").fails(
						"key 'engine' must name one of the databases postgres, mysql, mariadb, oracle, sqlserver, db2, redshift"),
				json("DocumentDB", "'engine':'mongo','host':'db'").fails("key 'engine' must name one of"),
				json("no edition of that", "'engine':'mysql-canary','host':'db'")
					.fails("key 'engine' must name one of"),
				json("port with letters", "'engine':'mysql','host':'db','port':'canary'")
					.fails("key 'port' has no port number from 1 to 65535"),
				json("port out of range", "'engine':'mysql','host':'db','port':65536")
					.fails("key 'port' has no port number"),
				json("two ports", "'engine':'mysql','host':'db:3306','port':3307")
					.fails("keys 'host' and 'port' name different ports"),
				json("host with a path", "'engine':'mysql','host':'canary/?x=y'")
					.fails("key 'host' is not a host name"),
				json("host with a login", "'engine':'mysql','host':'canary@db'").fails("key 'host' is not a host name"),
				json("host with a parameter", "'engine':'sqlserver','host':'db;canary=x'")
					.fails("key 'host' is not a host"),
				json("Oracle, no service", "'engine':'oracle','host':'db'")
					.fails("the name of the database ('dbname') is missing, but a URL of oracle needs it"),
				json("Db2, no database", "'engine':'db2','host':'db'").fails("a URL of db2 needs"),
				json("Oracle, strange service", "'engine':'oracle','host':'db','dbname':'canary?x'")
					.fails("the name of the database ('dbname') has characters that cannot be part of a URL of oracle"),
				json("Db2, several hosts", "'engine':'db2','host':'db1,db2','dbname':'canary'")
					.fails("key 'host' names more than one host"),
				row("broken JSON", "{'username':'canary-1").fails("JSON does not parse"),
				row("array", "['canary-1']").fails("the text is JSON, but not an object"));
	}

	static Stream<Row> malformedUrls() {
		return Stream.of(row("plain password", "canary-1").fails("the text is not the URL of a database"),
				row("no URL", "{'DATABASE_URL':'canary-1'}")
					.fails("the URL in key 'DATABASE_URL' is not the URL of a database"),
				row("another scheme", "https://app:canary-1@db/shop")
					.fails("the text is not the URL of one of the databases"),
				row("DocumentDB", "mongodb+srv://app:canary-1@db/shop").fails("the text is not the URL of one of"),
				row("slash in the password", "postgresql://app:canary-/1@db:5432/shop").fails("'/' as '%2F'"),
				row("slash behind an at sign", "postgresql://app:p@canary/1@db/shop").fails("'/' as '%2F'"),
				row("question mark in the password", "postgresql://app:canary-?1@db/shop").fails("'?' as '%3F'"),
				row("hash in the password", "postgresql://app:canary-#1@db/shop").fails("'#' as '%23'"),
				row("percent sign in the password", "postgresql://app:canary-%zz@db/shop")
					.fails("the password in the text has a '%' that two hexadecimal digits do not follow"),
				row("percent sign at the end", "postgresql://app:canary-%@db/shop").fails("is written '%25'"),
				row("half a percent sign in the user name", "postgresql://canary-%4:x@db/shop")
					.fails("the user name in"),
				row("not UTF-8", "postgresql://app:canary-%FF@db/shop").fails("is percent-encoded, but not in UTF-8"),
				row("no host", "postgresql:///canary").fails("the host in the text is not a host name"),
				row("port with letters", "postgresql://db:canary/shop")
					.fails("the host in the text is not a host name"),
				row("path of two segments", "postgresql://db/canary/shop").fails("a path of more than one segment"),
				row("parameter without a value", "postgresql://db/shop?canary").fails("not of the form name=value"),
				row("two passwords", "postgresql://app:canary-1@db/shop?password=canary-2").fails("has two passwords"),
				row("two user names", "postgresql://canary-a:x@db/shop?user=canary-b").fails("has two user names"),
				row("another password", "postgresql://app:x@db/shop?sslpassword=canary-1")
					.fails("another password or token than the user's"),
				row("Db2, semicolon", "db2://app:x@db/SHOP?a=b%3Bcanary").fails("which Db2 cannot take"),
				row("JDBC, slash in the password", "jdbc:mysql://app:canary-/1@db/shop")
					.fails("must be percent-encoded"),
				row("JDBC, question mark in the password", "jdbc:mysql://app:canary-?1@db/shop")
					.fails("must be percent-encoded"),
				row("JDBC, numbers and a question mark in the password", "jdbc:mysql://app:1?canary=2@db/shop")
					.fails("must be percent-encoded"),
				row("JDBC, at sign, slash and colon in the password", "jdbc:mysql://app:canary-@/1:@db/shop")
					.fails("must be percent-encoded"),
				row("JDBC, at sign and semicolon in the password", "jdbc:mysql://app:canary-@/;a=1@db/shop")
					.fails("must be percent-encoded"),
				row("JDBC, description of a host", "jdbc:mysql://address=(host=db)(user=app)(password=canary-1)/shop")
					.fails("a password that cannot be removed from it"),
				row("JDBC, another password", "jdbc:sqlserver://db;trustStorePassword=canary-1")
					.fails("another password or token than the user's"),
				row("JDBC, token", "jdbc:sqlserver://db;accessToken=canary-1").fails("another password or token"),
				row("JDBC, percent sign that may be one", "jdbc:aws-wrapper:mysql://db/shop?password=canary-%41")
					.fails("which could be encoded or not"),
				row("Oracle, at sign in the password", "jdbc:oracle:thin:app/canary-@1@db:1521:ORCL")
					.fails("must be in double quotes"));
	}

	@Test
	void whenSecretIsBinaryThenItIsRefused() {
		SecretValue value = SecretValue.ofBytes(VERSION, "canary-1".getBytes(StandardCharsets.UTF_8));
		assertThatExceptionOfType(MalformedSecretException.class)
			.isThrownBy(() -> this.mapper.map(value, rules("", Map.of())))
			.withMessage("the secret is binary, but a database secret must be text");
	}

	@Test
	void whenPrefixIsSetThenItTakesThePlaceOfBootsOwn() {
		SecretValue value = text("{" + LOGIN + "}");
		for (String prefix : List.of("app.second.", "app.second")) {
			assertThat(this.mapper.map(value, rules(prefix, Map.of())).properties())
				.isEqualTo(Map.of("app.second.username", "app", "app.second.password", "canary-1"));
		}
	}

	@Test
	void whenKeysHaveOtherNamesThenTheyAreTold() {
		SecretValue value = text("{'DB_TYPE':'mysql','DB_HOST':'db','DB_LOGIN':'app','DB_PASS':'canary-1'}");
		Map<String, String> keys = Map.of("DBTYPE", "engine", "DB_HOST", "host", "DB_LOGIN", "username", "DBPASS",
				"password");
		assertThat(this.mapper.map(value, rules("", keys)).properties())
			.isEqualTo(Map.of("spring.datasource.url", "jdbc:mysql://db:3306/", "spring.datasource.username", "app",
					"spring.datasource.password", "canary-1"));
	}

	@Test
	void whenSecretIsMappedThenItsOwnKeysAreKept() {
		assertThat(this.mapper.map(text("{'masterarn':'canary-arn'," + LOGIN + "}"), rules("", Map.of())).contents())
			.isEqualTo(Map.of("masterarn", "canary-arn", "username", "app", "password", "canary-1"));
		assertThat(this.mapper.map(text("{" + LOGIN + "}"), MappingRules.DEFAULT).contents()).isEmpty();
	}

	private static MappingRules rules(String prefix, Map<String, String> keys) {
		return new MappingRules(prefix, keys, SecretFormat.AUTO, DatabaseTarget.DATASOURCE);
	}

	private static SecretValue text(String text) {
		return SecretValue.ofText(VERSION,
				text.startsWith("{") || text.startsWith("[") ? text.replace('\'', '"') : text);
	}

	private static String prefix(DatabaseTarget target) {
		return (target == DatabaseTarget.DATASOURCE) ? "spring.datasource." : "spring.r2dbc.";
	}

	private static Row json(String title, String... keys) {
		return row(title, "{" + String.join("", keys) + ((keys.length > 0) ? "," : "") + LOGIN + "}");
	}

	private static Row row(String title, String text) {
		return new Row(title, text, DatabaseTarget.DATASOURCE, null, "app", "canary-1", null);
	}

	private record Row(String title, String text, DatabaseTarget target, @Nullable String url,
			@Nullable String username, @Nullable String password, @Nullable String failure) {

		Row r2dbc() {
			return new Row("R2DBC: " + this.title, this.text, DatabaseTarget.R2DBC, null, this.username, this.password,
					null);
		}

		Row gives(@Nullable String url) {
			return gives(url, this.username, this.password);
		}

		Row gives(@Nullable String url, @Nullable String username, @Nullable String password) {
			return new Row(this.title, this.text, this.target, url, username, password, null);
		}

		Row fails(String message) {
			return new Row(this.title, this.text, this.target, null, null, null, message);
		}

		Map<String, Object> properties() {
			Map<String, Object> properties = new LinkedHashMap<>();
			properties.put(prefix(this.target) + "url", this.url);
			properties.put(prefix(this.target) + "username", this.username);
			properties.put(prefix(this.target) + "password", this.password);
			properties.values().removeIf(Objects::isNull);
			return properties;
		}

		@Override
		public String toString() {
			return this.title;
		}

	}

}
