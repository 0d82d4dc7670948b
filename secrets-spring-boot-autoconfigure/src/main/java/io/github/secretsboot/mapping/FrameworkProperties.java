package io.github.secretsboot.mapping;

import java.util.List;

/**
 * The properties that configure the framework, and which of them a secret may set. A
 * secret gives values: whoever can write one must not be able to run code, open an
 * endpoint or redirect a client with it. So a secret sets credentials, and where they are
 * to be used, and nothing else of the framework. What a property is called decides, in
 * every spelling that Spring would read.
 */
public final class FrameworkProperties {

	/** What is below these configures the framework. */
	public static final List<String> ROOTS = List.of("logging", "management", "secrets", "server", "spring");

	/** These configure the framework themselves. */
	public static final List<String> SWITCHES = List.of("debug", "trace");

	/** Below these a secret sets nothing. */
	public static final List<String> CLOSED = List.of("logging", "secrets", "spring.aop", "spring.application",
			"spring.autoconfigure", "spring.beaninfo", "spring.cloud.aws", "spring.cloud.bootstrap",
			"spring.cloud.config", "spring.cloud.function", "spring.cloud.gateway", "spring.config", "spring.devtools",
			"spring.docker", "spring.jmx", "spring.main", "spring.profiles");

	/**
	 * Below these an address opens a port of the application, says whom it trusts or
	 * where its configuration comes from, so that a secret sets credentials only.
	 */
	public static final List<String> WITHOUT_ADDRESSES = List.of("management", "server", "spring.cloud",
			"spring.grpc.server", "spring.ldap.embedded", "spring.rsocket.server", "spring.security");

	/** What is called like this, or ends like this, is a credential. */
	public static final List<String> CREDENTIALS = List.of("account-id", "api-key-credentials", "authorization",
			"certificate", "certificate-chain", "certificates", "client-id", "key", "passphrase", "password",
			"sasl.jaas.config", "secret", "tenant-id", "ticket", "token", "user", "user-info", "user-name");

	/** What is called like this, or ends like this, says where credentials are used. */
	public static final List<String> ADDRESSES = List.of("address", "addresses", "bootstrap-servers", "brokers",
			"connection-string", "contact-points", "database", "endpoint", "host", "hosts", "nodes", "port", "uri",
			"uris", "url", "urls");

	/** What ends like this is neither, in spite of how it ends. */
	public static final List<String> NEITHER = List.of("export", "import", "report", "support", "transport",
			"validate-server-certificate");

	private static final List<String> UNIFORM_CLOSED = uniform(CLOSED);

	private static final List<String> UNIFORM_WITHOUT_ADDRESSES = uniform(WITHOUT_ADDRESSES);

	private static final List<String> UNIFORM_CREDENTIALS = uniform(CREDENTIALS);

	private static final List<String> UNIFORM_ADDRESSES = uniform(ADDRESSES);

	private static final List<String> UNIFORM_NEITHER = uniform(NEITHER);

	private FrameworkProperties() {
	}

	private static List<String> uniform(List<String> names) {
		return names.stream().map((name) -> UniformName.of(name).toString()).toList();
	}

	/**
	 * Whether a property configures the framework.
	 * @param name the name, in any spelling
	 * @return {@code true} if it does
	 */
	public static boolean include(String name) {
		return include(UniformName.of(name));
	}

	private static boolean include(UniformName name) {
		return name.isBelow(ROOTS) || name.isOneOf(SWITCHES);
	}

	/**
	 * Whether all properties with a prefix configure the framework.
	 */
	static boolean includeAllWithPrefix(String prefix) {
		return UniformName.of(prefix).leadsBelow(ROOTS);
	}

	/**
	 * Whether a secret may set a property, because it is a credential or does not
	 * configure the framework.
	 * @param name the name, in any spelling
	 * @return {@code true} if it may
	 */
	public static boolean canBeSetBySecret(String name) {
		UniformName uniform = UniformName.of(name);
		return !include(uniform) || (!uniform.mayBeBelow(UNIFORM_CLOSED) && !uniform.endsWith(UNIFORM_NEITHER)
				&& (uniform.endsWith(UNIFORM_CREDENTIALS) || isAddress(uniform)));
	}

	private static boolean isAddress(UniformName name) {
		return name.endsWith(UNIFORM_ADDRESSES) && !name.mayBeBelow(UNIFORM_WITHOUT_ADDRESSES);
	}

}
