package io.github.secretsboot.follow.jdbc;

import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Tells a login that was refused for its user name or password from any other failure: a
 * database that is down, a locked account, an expired password.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL: Error
 * Codes</a>
 * @see <a href=
 * "https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html">MySQL:
 * Server Error Reference</a>
 * @see <a href="https://docs.oracle.com/en/error-help/db/ora-01017/">Oracle:
 * ORA-01017</a>
 * @see <a href=
 * "https://learn.microsoft.com/sql/relational-databases/errors-events/mssqlserver-18456-database-engine-error">SQL
 * Server: 18456</a>
 */
public final class RefusedLogin {

	/** "Invalid authorization specification", as ISO/IEC 9075 has it. */
	private static final String AUTHORIZATION_CLASS = "28";

	/**
	 * By vendor, since not all of them use that class. MySQL and MariaDB: access denied
	 * with (1045) and without (1698) a password. Oracle: invalid credential (1017), no
	 * password (1005). SQL Server: login failed (18456). Db2: the driver's (-4214) and
	 * the server's (-30082) security failure.
	 */
	private static final Set<Integer> REFUSED = Set.of(1045, 1698, 1017, 1005, 18456, -4214, -30082);

	/**
	 * States of class 28 that no other password helps with. MySQL: account locked (3118),
	 * blocked after too many logins (3955), not allowed without TLS (1275, 3159).
	 * MariaDB: account locked (4151). SQL Server: disabled (18470), locked (18486),
	 * expired (18487), to be changed (18488).
	 */
	private static final Set<Integer> HOPELESS = Set.of(3118, 3955, 1275, 3159, 4151, 18470, 18486, 18487, 18488);

	private RefusedLogin() {
	}

	/**
	 * Whether a login was refused for its user name or password.
	 * @param failure what the driver threw
	 * @return {@code true} if it was
	 */
	public static boolean is(Exception failure) {
		Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		return is(failure, seen);
	}

	/**
	 * Whether a login was refused for its user name or password.
	 * @param state the SQL state, or {@code null} if there is none
	 * @param code the vendor's code
	 * @return {@code true} if it was
	 */
	public static boolean is(@Nullable String state, int code) {
		boolean refused = REFUSED.contains(code) || (state != null && state.startsWith(AUTHORIZATION_CLASS));
		return refused && !HOPELESS.contains(code);
	}

	private static boolean is(@Nullable Throwable failure, Set<Throwable> seen) {
		if (failure == null || !seen.add(failure)) {
			return false;
		}
		if (failure instanceof SQLException sql && (isRefused(sql) || is(sql.getNextException(), seen))) {
			return true;
		}
		return is(failure.getCause(), seen);
	}

	private static boolean isRefused(SQLException failure) {
		return is(failure.getSQLState(), failure.getErrorCode());
	}

}
