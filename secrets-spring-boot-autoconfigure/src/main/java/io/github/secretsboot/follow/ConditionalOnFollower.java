package io.github.secretsboot.follow;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Conditional;

/**
 * Matches where clients follow their secrets and those of a technology have not been left
 * out by {@code secrets.follow.exclude}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ConditionalOnBean(Followers.class)
@Conditional(OnFollowerCondition.class)
public @interface ConditionalOnFollower {

	/**
	 * The technology.
	 * @return the technology
	 */
	Technology value();

}
