package io.github.secretsboot.properties;

/**
 * A property that two entries of {@code secrets.sources} define.
 *
 * @param name the property
 * @param ignoredSecret the secret whose value is not used
 * @param usedSecret the secret whose value is used
 */
public record Collision(String name, String ignoredSecret, String usedSecret) {
}
