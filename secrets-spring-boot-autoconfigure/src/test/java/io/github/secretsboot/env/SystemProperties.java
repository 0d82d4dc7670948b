package io.github.secretsboot.env;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * System properties for the time of a test.
 */
public final class SystemProperties implements AutoCloseable {

	private final Map<String, @Nullable String> before = new HashMap<>();

	/**
	 * Set system properties until this is closed.
	 * @param properties names and values
	 */
	public SystemProperties(Map<String, String> properties) {
		properties.forEach((name, value) -> this.before.put(name, System.setProperty(name, value)));
	}

	/**
	 * Hide whatever AWS configuration the machine has: profiles and instance metadata.
	 * @return the properties, to be closed
	 */
	public static SystemProperties withoutAws() {
		return new SystemProperties(Map.of("aws.configFile", "target/none", "aws.sharedCredentialsFile", "target/none",
				"aws.disableEc2Metadata", "true"));
	}

	@Override
	public void close() {
		this.before.forEach((name, value) -> {
			if (value != null) {
				System.setProperty(name, value);
			}
			else {
				System.clearProperty(name);
			}
		});
	}

}
