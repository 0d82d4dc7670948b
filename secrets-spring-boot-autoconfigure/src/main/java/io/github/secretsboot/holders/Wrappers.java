package io.github.secretsboot.holders;

import java.lang.reflect.Field;
import java.util.Set;

/**
 * What Spring wraps around a bean, and people do not see. The fields that lead to the
 * bean are read and nothing is asked for it, so that none is created.
 */
final class Wrappers {

	private static final String CGLIB_CALLBACK = "CGLIB$CALLBACK_";

	private static final String AOP_PACKAGE = "org.springframework.aop.";

	private static final Set<String> AOP_FIELDS = Set.of("advised", "target", "targetSource");

	private static final String BEAN_IN_SCOPE = "org.springframework.cloud.context.scope.GenericScope$BeanLifecycleWrapper";

	private Wrappers() {
	}

	/**
	 * Whether a field leads from a wrapper further inside: from a proxy to its target, or
	 * from a scope to a bean.
	 */
	static boolean areOpenedBy(Field field) {
		String owner = field.getDeclaringClass().getName();
		String name = field.getName();
		return name.startsWith(CGLIB_CALLBACK) || (owner.startsWith(AOP_PACKAGE) && AOP_FIELDS.contains(name))
				|| (owner.equals(BEAN_IN_SCOPE) && name.equals("bean"));
	}

}
