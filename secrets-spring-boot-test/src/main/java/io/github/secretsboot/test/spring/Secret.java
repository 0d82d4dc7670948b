package io.github.secretsboot.test.spring;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A secret that the Secrets Manager of a test starts with.
 *
 * @since 0.1.0
 * @see WithSecretsManager#secrets()
 */
@Target({})
@Retention(RetentionPolicy.RUNTIME)
public @interface Secret {

	/**
	 * Return the name.
	 * @return the name
	 */
	String name();

	/**
	 * Return the text of the secret, for example a JSON object.
	 * @return the text
	 */
	String value();

}
