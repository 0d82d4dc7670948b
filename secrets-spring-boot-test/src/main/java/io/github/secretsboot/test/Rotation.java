package io.github.secretsboot.test;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rotations as AWS's own rotation functions perform them, and ways in which they fail:
 *
 * <pre>{@code
 * server.rotate("myapp/db", Rotation.singleUser(database::setPassword));
 * server.rotate("myapp/db", Rotation.alternatingUsers(database::setPassword));
 * server.rotate("myapp/db", Rotation.singleUser(database::setPassword).inGap(() -> assertThat(login()).isFalse()));
 * server.rotate("myapp/db", Rotation.singleUser(database::setPassword).failingIn(RotationStep.TEST_SECRET));
 * }</pre>
 *
 * Rotations are immutable: each method returns a new one.
 *
 * @since 0.1.0
 */
public final class Rotation implements RotationFunction {

	private static final String USERNAME = "username";

	private static final String PASSWORD = "password";

	private static final String CLONE = "_clone";

	private static final SecureRandom RANDOM = new SecureRandom();

	private final UnaryOperator<String> successor;

	private final Setter setter;

	private final List<Interruption> interruptions;

	private Rotation(UnaryOperator<String> successor, Setter setter, List<Interruption> interruptions) {
		this.successor = successor;
		this.setter = setter;
		this.interruptions = interruptions;
	}

	/**
	 * Changes a password in a database.
	 */
	@FunctionalInterface
	public interface PasswordSetter {

		/**
		 * Set the password of a user.
		 * @param username the user, which is created if it does not exist
		 * @param password the new password
		 * @throws Exception if that fails
		 */
		void setPassword(String username, String password) throws Exception;

	}

	/**
	 * Create a rotation that sets a new password for the user in the secret. The database
	 * changes first. Until the secret follows, its password is refused.
	 * @param database changes the password
	 * @return the rotation of a JSON object with {@code username} and {@code password}
	 */
	public static Rotation singleUser(PasswordSetter database) {
		return new Rotation((current) -> withNewPassword(current, false), setter(database), List.of());
	}

	/**
	 * Create a rotation that sets a new password for the other one of two users,
	 * {@code app} and {@code app_clone}. The last user's password stays valid until the
	 * next rotation.
	 * @param database changes the password
	 * @return the rotation of a JSON object with {@code username} and {@code password}
	 */
	public static Rotation alternatingUsers(PasswordSetter database) {
		return new Rotation((current) -> withNewPassword(current, true), setter(database), List.of());
	}

	/**
	 * Create a rotation that replaces only the text of the secret, such as an API key.
	 * @param successor the function that makes the new text from the current one
	 * @return the rotation
	 */
	public static Rotation text(UnaryOperator<String> successor) {
		return new Rotation(successor, (pending) -> {
		}, List.of());
	}

	/**
	 * Run an action in the gap of the rotation, just before the last step: the database
	 * has the new password, and the secret still has the old one.
	 * @param action the action; if it throws an exception, the rotation fails
	 * @return the rotation
	 */
	public Rotation inGap(Runnable action) {
		return interruptedBefore(RotationStep.FINISH_SECRET, action);
	}

	/**
	 * Fail in a step, before it does anything. The new version stays {@code AWSPENDING},
	 * and the next rotation tries it again.
	 * @param step the step
	 * @return the rotation
	 */
	public Rotation failingIn(RotationStep step) {
		return interruptedBefore(step, () -> {
			throw new IllegalStateException("Told to fail in " + step.wireName());
		});
	}

	private Rotation interruptedBefore(RotationStep step, Runnable action) {
		List<Interruption> interruptions = new ArrayList<>(this.interruptions);
		interruptions.add(new Interruption(step, action));
		return new Rotation(this.successor, this.setter, interruptions);
	}

	@Override
	public void rotate(RotationEvent event) throws Exception {
		this.interruptions.stream()
			.filter((interruption) -> interruption.step() == event.step())
			.forEach((interruption) -> interruption.action().run());
		switch (event.step()) {
			case CREATE_SECRET -> {
				if (!event.isCreated()) {
					event.putPending(this.successor.apply(event.current()));
				}
			}
			case SET_SECRET -> this.setter.set(event.pending());
			case FINISH_SECRET -> event.finish();
			default -> {
			}
		}
	}

	private static Setter setter(PasswordSetter database) {
		return (pending) -> {
			ObjectNode credentials = credentials(pending);
			database.setPassword(credentials.path(USERNAME).asString(), credentials.path(PASSWORD).asString());
		};
	}

	private static String withNewPassword(String current, boolean otherUser) {
		ObjectNode credentials = credentials(current);
		if (otherUser) {
			String user = credentials.path(USERNAME).asString();
			credentials.put(USERNAME,
					user.endsWith(CLONE) ? user.substring(0, user.length() - CLONE.length()) : user + CLONE);
		}
		byte[] random = new byte[18];
		RANDOM.nextBytes(random);
		return credentials.put(PASSWORD, Base64.getUrlEncoder().encodeToString(random)).toString();
	}

	private static ObjectNode credentials(String text) {
		if (read(text) instanceof ObjectNode json && json.path(USERNAME).isString() && json.path(PASSWORD).isString()) {
			return json;
		}
		throw new IllegalStateException("The secret is no JSON object with a 'username' and a 'password'");
	}

	private static JsonNode read(String text) {
		try {
			return Json.MAPPER.readTree(text);
		}
		catch (JacksonException ex) {
			// Its message may quote the secret
			return ResponseBodies.empty();
		}
	}

	private interface Setter {

		void set(String pending) throws Exception;

	}

	/**
	 * Something that happens before a step.
	 *
	 * @param step the step
	 * @param action what happens
	 */
	private record Interruption(RotationStep step, Runnable action) {

	}

}
