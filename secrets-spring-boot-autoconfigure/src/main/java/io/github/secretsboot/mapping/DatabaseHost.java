package io.github.secretsboot.mapping;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A host that a database listens on, and the port.
 *
 * @param name the name or address; one of IPv6 without brackets
 * @param port the port
 */
record DatabaseHost(String name, int port) {

	private static final Pattern HOST = Pattern
		.compile("\\[([\\p{XDigit}:.]+(?:%\\w+)?)](?::(\\d+))?|([\\w.-]+)(?::(\\d+))?"
				+ "|((?:\\p{XDigit}*:){2,}[\\p{XDigit}:.]*)");

	private static final int MAX_PORT = 65535;

	/**
	 * Parse a list of hosts that are separated by commas, each with or without a port.
	 * @param text the text
	 * @param defaultPort the port of those that come without
	 * @param where what the text is, for people
	 * @return the hosts
	 * @throws MalformedSecretException if one is neither a name nor an address
	 */
	static List<DatabaseHost> parse(String text, int defaultPort, String where) {
		return Stream.of(text.split(",", -1)).map((host) -> parseOne(host.strip(), defaultPort, where)).toList();
	}

	private static DatabaseHost parseOne(String text, int defaultPort, String where) {
		Matcher matcher = HOST.matcher(text);
		if (!matcher.matches()) {
			throw new MalformedSecretException(where + " is not a host name or address, with or without a port");
		}
		if (matcher.group(5) != null) {
			return new DatabaseHost(matcher.group(5), defaultPort);
		}
		int group = (matcher.group(1) != null) ? 1 : 3;
		String port = matcher.group(group + 1);
		return new DatabaseHost(matcher.group(group), (port != null) ? port(port, where) : defaultPort);
	}

	/**
	 * Parse a port.
	 * @param text the text
	 * @param where what the text is, for people
	 * @return the port
	 * @throws MalformedSecretException if it is none
	 */
	static int port(String text, String where) {
		try {
			int port = Integer.parseInt(text.strip());
			if (port >= 1 && port <= MAX_PORT) {
				return port;
			}
		}
		catch (NumberFormatException ex) {
			// Neither message nor cause: they quote the text
		}
		throw new MalformedSecretException(where + " has no port number from 1 to " + MAX_PORT);
	}

	boolean isIpv6() {
		return this.name.indexOf(':') >= 0;
	}

	@Override
	public String toString() {
		return (isIpv6() ? "[" + this.name + "]" : this.name) + ":" + this.port;
	}

}
