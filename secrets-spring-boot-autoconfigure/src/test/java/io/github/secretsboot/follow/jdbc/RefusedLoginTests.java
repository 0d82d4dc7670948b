package io.github.secretsboot.follow.jdbc;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RefusedLoginTests {

	@ParameterizedTest
	@CsvSource({ "PostgreSQL invalid_password, 28P01, 0", "PostgreSQL invalid_authorization_specification, 28000, 0",
			"MySQL ER_ACCESS_DENIED_ERROR, 28000, 1045", "MySQL ER_ACCESS_DENIED_NO_PASSWORD_ERROR, 28000, 1698",
			"MariaDB ER_ACCESS_DENIED_ERROR, 28000, 1045", "Oracle ORA-01017, 72000, 1017",
			"Oracle ORA-01005, 72000, 1005", "SQL Server login failed, S0001, 18456", "Db2 driver, 28000, -4214",
			"Db2 server SQL30082N, 08001, -30082", "H2, 28000, 28000", "HSQLDB, 28501, -4001" })
	void whenUserNameOrPasswordIsWrongThenIsRefused(String description, String state, int code) {
		assertThat(RefusedLogin.is(new SQLException(description, state, code))).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "PostgreSQL too_many_connections, 53300, 0", "PostgreSQL cannot_connect_now, 57P03, 0",
			"PostgreSQL unable to connect, 08001, 0", "PostgreSQL unknown database, 3D000, 0",
			"MySQL too many connections, 08004, 1040", "MySQL no access to the database, 42000, 1044",
			"MySQL communications link failure, 08S01, 0", "MySQL account locked, HY000, 3118",
			"MySQL blocked by password lock, HY000, 3955", "MariaDB account locked, 28000, 4151",
			"Oracle account locked ORA-28000, 99999, 28000", "Oracle password expired ORA-28001, 99999, 28001",
			"Oracle no listener ORA-12541, 08006, 12541", "SQL Server database unavailable, S0001, 4060",
			"SQL Server account locked, S0001, 18486", "SQL Server password expired, S0001, 18487",
			"Db2 no connection, 08001, -4499" })
	void whenSomethingElseIsWrongThenIsNotRefused(String description, String state, int code) {
		assertThat(RefusedLogin.is(new SQLException(description, state, code))).isFalse();
	}

	@Test
	void whenStateIsUnknownThenIsNotRefused() {
		assertThat(RefusedLogin.is(new SQLException("?"))).isFalse();
	}

	@Test
	void whenRefusalIsTheCauseOrTheNextExceptionThenIsRefused() {
		SQLException refusal = new SQLException("password authentication failed", "28P01");
		assertThat(RefusedLogin.is(new SQLTransientConnectionException("time-out", null, 0, refusal))).isTrue();
		SQLException first = new SQLException("first");
		first.setNextException(refusal);
		assertThat(RefusedLogin.is(first)).isTrue();
	}

	@Test
	void whenCausesGoRoundThenComesToAnEnd() {
		SQLException first = new SQLException("first");
		SQLException second = new SQLException("second", first);
		first.setNextException(second);
		assertThat(RefusedLogin.is(second)).isFalse();
	}

}
