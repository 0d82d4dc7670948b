package io.github.secretsboot.env;

import org.springframework.core.env.Environment;

/**
 * The option {@code --secrets.preflight}, with which an application reports on all of its
 * secrets instead of failing on the first load.
 */
public final class PreflightOption {

	static final String PROPERTY = "secrets.preflight";

	private PreflightOption() {
	}

	/**
	 * Whether a preflight is asked for: the option alone is enough.
	 * @param environment the environment
	 * @return {@code true} if it is
	 */
	public static boolean isGiven(Environment environment) {
		String value = environment.getProperty(PROPERTY);
		return value != null && !value.strip().equalsIgnoreCase("false");
	}

	/**
	 * Whether the preflight also starts the application context and looks for those who
	 * keep a value until restart: {@code --secrets.preflight=context}.
	 * @param environment the environment
	 * @return {@code true} if it does
	 */
	public static boolean includesContext(Environment environment) {
		return "context".equalsIgnoreCase(String.valueOf(environment.getProperty(PROPERTY)).strip());
	}

}
