package io.github.secretsboot.test.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a {@link SecretsManagerServer} for the application of a Spring Boot test. Before
 * the application loads its configuration, the server is running and has its secrets, and
 * the application's Spring Cloud AWS properties point to it.
 *
 * <pre class="code">
 * &#064;SpringBootTest
 * &#064;WithSecretsManager(secrets = @Secret(name = "myapp/test/greeting", value = "hello"))
 * class GreetingTests {
 *
 *     &#064;Autowired
 *     SecretsManagerServer secretsManager;
 *
 * }
 * </pre>
 *
 * The server belongs to the application context: it is a bean, tests that share a cached
 * context share it, and it is closed with the context. Test methods may also take it as a
 * parameter. Faults, latency and recorded calls are reset before each test; secrets stay.
 * {@code @Value} fields of the test class follow rotations, just as those of beans do.
 * Inlined test properties, such as {@code @SpringBootTest(properties)}, take precedence
 * over the properties of the server. Nested test classes inherit the annotation or
 * declare their own.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(SecretsManagerTestExtension.class)
public @interface WithSecretsManager {

	/**
	 * Return the secrets that the server starts with.
	 * @return the secrets
	 */
	Secret[] secrets() default {};

	/**
	 * Return the region that the ARNs of the secrets name, and that the application uses.
	 * @return the region
	 */
	String region() default "us-east-1";

}
