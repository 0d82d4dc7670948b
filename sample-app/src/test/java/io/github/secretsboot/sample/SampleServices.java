package io.github.secretsboot.sample;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the sample talks to during development instead of AWS and Stripe: a Secrets
 * Manager that holds its secret, and a Stripe that accepts the key in that secret,
 * whoever put it there.
 */
interface SampleServices extends AutoCloseable {

	String SECRET = "myapp/production/api-keys";

	/** How long the previous key stays valid after a rotation. */
	Duration GRACE_PERIOD = Duration.ofMinutes(1);

	/**
	 * Return what makes the application use these services.
	 * @return Spring properties
	 */
	Map<String, String> properties();

	/**
	 * Return what makes the application use these services.
	 * @param arguments more arguments, which go last
	 * @return command line arguments
	 */
	default String[] arguments(String... arguments) {
		Stream<String> own = properties().entrySet()
			.stream()
			.map((property) -> "--%s=%s".formatted(property.getKey(), property.getValue()));
		return Stream.concat(own, Stream.of(arguments)).toArray(String[]::new);
	}

	/**
	 * Put a new Stripe key into the secret. Stripe accepts it from now on, and the one
	 * before it for {@link #GRACE_PERIOD}.
	 * @return the new version of the secret
	 */
	String rotateKey();

	/**
	 * Return what can be made go wrong.
	 * @return the disturbances
	 */
	Set<Disturbance> possible();

	/**
	 * Return what goes wrong at present.
	 * @return the disturbances
	 */
	Set<Disturbance> present();

	/**
	 * Let something go wrong, or end that.
	 * @param disturbance what
	 * @param on whether it begins or ends
	 */
	void disturb(Disturbance disturbance, boolean on);

	@Override
	void close();

}
