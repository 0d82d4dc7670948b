package io.github.secretsboot.diagnostics;

import java.lang.reflect.Member;

import io.github.secretsboot.expression.SecretInjectionFailure;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says which member of which bean the value of which secret property could not be
 * injected into, without the value.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class SecretInjectionFailureAnalyzer implements FailureAnalyzer {

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		@Nullable UnsatisfiedDependencyException place = null;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof UnsatisfiedDependencyException dependency) {
				place = dependency;
			}
			if (cause instanceof SecretInjectionFailure injection) {
				return new FailureAnalysis(describe(injection, place),
						"Correct the content of the secret, or the type that it is injected into", cause);
			}
		}
		return null;
	}

	private String describe(SecretInjectionFailure failure, @Nullable UnsatisfiedDependencyException place) {
		String properties = failure.getPropertyNames().isEmpty() ? "may have been made of a secret by an expression"
				: String.join(", ", failure.getPropertyNames());
		return "The value of a secret cannot be injected:\n" + describe(place) + "\n    Property: " + properties
				+ "\n    Value: not shown, it comes from a secret\n    Reason: " + failure.getReason();
	}

	private String describe(@Nullable UnsatisfiedDependencyException place) {
		if (place == null) {
			return "";
		}
		InjectionPoint point = place.getInjectionPoint();
		Member member = (point != null) ? point.getMember() : null;
		return "\n    Bean: " + place.getBeanName() + ((member != null)
				? "\n    Member: " + member.getDeclaringClass().getTypeName() + "." + member.getName() : "");
	}

}
