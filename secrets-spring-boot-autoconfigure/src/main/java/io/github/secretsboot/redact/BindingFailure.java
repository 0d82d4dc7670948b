package io.github.secretsboot.redact;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;

/**
 * Why a binding failed, without any value.
 *
 * @param name the name that could not be bound, if it is known
 * @param reason what is wrong
 */
public record BindingFailure(@Nullable String name, String reason) {

	/**
	 * Find out what a binding failed with.
	 * @param thrown what it threw
	 * @return the failure
	 */
	public static BindingFailure of(Throwable thrown) {
		BindingFailure failure = null;
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			if (cause instanceof SecretBindException secret) {
				return new BindingFailure(name(secret.getName(), secret.getField()),
						String.valueOf(secret.getMessage()));
			}
			if (failure == null && cause instanceof BindException bind && bind.getCause() instanceof Exception reason) {
				failure = new BindingFailure(name(bind.getName().toString(), SecretBindException.invalidField(reason)),
						SecretBindException.reason(bind.getTarget().getType(), reason));
			}
		}
		return (failure != null) ? failure : new BindingFailure(null, thrown.getClass().getName());
	}

	private static String name(String name, @Nullable String field) {
		if (field == null) {
			return name;
		}
		return name.isEmpty() ? field : name + "." + field;
	}

}
