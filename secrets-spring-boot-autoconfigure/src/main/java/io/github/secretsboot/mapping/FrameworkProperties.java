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
	public static final List<String> CREDENTIALS = List.of("access-key-id", "account-id", "api-key-credentials",
			"authorization", "certificate", "certificate-chain", "certificates", "client-id", "key", "passphrase",
			"password", "sasl.jaas.config", "secret", "tenant-id", "ticket", "token", "user", "user-info", "user-name");

	/** What is called like this, or ends like this, says where credentials are used. */
	public static final List<String> ADDRESSES = List.of("address", "addresses", "bootstrap-servers", "brokers",
			"connection-string", "contact-points", "database", "endpoint", "host", "hosts", "nodes", "port", "uri",
			"uris", "url", "urls");

	/** What ends like this is neither, in spite of how it ends. */
	public static final List<String> NEITHER = List.of("export", "import", "jndi-url", "report", "support", "transport",
			"validate-server-certificate");

	private FrameworkProperties() {
	}

	/**
	 * Whether a property configures the framework.
	 * @param name the name, in any spelling
	 * @return {@code true} if it does
	 */
	public static boolean include(String name) {
		return beginsLikeOne(name) && include(UniformName.of(name));
	}

	/** Nearly all keys of secrets do not, so the rest of the rule is not for them. */
	private static boolean beginsLikeOne(String name) {
		return UniformName.begins(name, ROOTS) || UniformName.begins(name, SWITCHES);
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
		if (!beginsLikeOne(name)) {
			return true;
		}
		UniformName uniform = UniformName.of(name);
		return !include(uniform) || (!uniform.mayBeBelow(Uniform.CLOSED) && !uniform.endsWith(Uniform.NEITHER)
				&& (uniform.endsWith(Uniform.CREDENTIALS) || isAddress(uniform)));
	}

	private static boolean isAddress(UniformName name) {
		return name.endsWith(Uniform.ADDRESSES) && !name.mayBeBelow(Uniform.WITHOUT_ADDRESSES);
	}

	/**
	 * The names as they are compared, for the few applications that need them.
	 */
	private static final class Uniform {

		static final List<String> CLOSED = uniform(FrameworkProperties.CLOSED);

		static final List<String> WITHOUT_ADDRESSES = uniform(FrameworkProperties.WITHOUT_ADDRESSES);

		static final List<String> CREDENTIALS = uniform(FrameworkProperties.CREDENTIALS);

		static final List<String> ADDRESSES = uniform(FrameworkProperties.ADDRESSES);

		static final List<String> NEITHER = uniform(FrameworkProperties.NEITHER);

		private static List<String> uniform(List<String> names) {
			return names.stream().map((name) -> UniformName.of(name).toString()).toList();
		}

	}

}
