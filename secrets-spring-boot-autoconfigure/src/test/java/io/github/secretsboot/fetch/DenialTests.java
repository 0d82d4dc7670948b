package io.github.secretsboot.fetch;

import io.github.secretsboot.fetch.Denial.PolicyType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class DenialTests {

	private static final String SESSION = "arn:aws:sts::123456789012:assumed-role/reader/session";

	@ParameterizedTest
	@EnumSource
	void whenAwsNamesAPolicyThenItIsKnownHowItDenies(PolicyType type) {
		Denial missing = Denial.of(message(SESSION, "because no " + type + " allows the sts:AssumeRole action"));
		assertThat(missing).isEqualTo(new Denial(SESSION, type, false));
		String article = (type == PolicyType.IDENTITY) ? "an " : "a ";
		Denial explicit = Denial.of(message(SESSION, "with an explicit deny in " + article + type));
		assertThat(explicit).isEqualTo(new Denial(SESSION, type, true));
	}

	@Test
	void whenAwsSaysLittleThenLittleIsKnown() {
		assertThat(Denial.of("status 403")).isEqualTo(new Denial(null, null, false));
		assertThat(Denial.of("status 403").who()).isEqualTo("the role that the application runs as");
		assertThat(Denial.of("status 403").account()).isNull();
	}

	@Test
	void whenCallerIsKnownThenItIsNamedAsPeopleDo() {
		assertThat(who(SESSION)).isEqualTo("role 'reader' of account 123456789012");
		assertThat(who("arn:aws-cn:iam::123456789012:user/path/ada")).isEqualTo("user 'ada' of account 123456789012");
		assertThat(who("arn:aws:iam::123456789012:root")).isEqualTo("'root' of account 123456789012");
		assertThat(Denial.of(message(SESSION, "")).account()).isEqualTo("123456789012");
	}

	@Test
	void whenCallerIsASessionThenPrincipalIsTheRole() {
		assertThat(Denial.of(message(SESSION, "")).principal()).isEqualTo("arn:aws:iam::123456789012:role/reader");
		assertThat(Denial.of(message("arn:aws:iam::123456789012:user/ada", "")).principal())
			.isEqualTo("arn:aws:iam::123456789012:user/ada");
	}

	private static String who(String caller) {
		return Denial.of(message(caller, "")).who();
	}

	private static String message(String caller, String reason) {
		return "AccessDeniedException: User: " + caller
				+ " is not authorized to perform: secretsmanager:GetSecretValue on resource: myapp/api-keys " + reason;
	}

}
