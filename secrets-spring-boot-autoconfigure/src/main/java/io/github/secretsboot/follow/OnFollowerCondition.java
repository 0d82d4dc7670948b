package io.github.secretsboot.follow;

import java.util.List;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Looks into {@code secrets.follow.exclude}.
 */
class OnFollowerCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Technology technology = metadata.getAnnotations()
			.get(ConditionalOnFollower.class)
			.getEnum("value", Technology.class);
		List<String> excluded = Binder.get(context.getEnvironment())
			.bind("secrets.follow.exclude", Bindable.listOf(String.class))
			.orElse(List.of());
		ConditionMessage.Builder message = ConditionMessage.forCondition(ConditionalOnFollower.class, technology.id());
		return excluded.contains(technology.id()) ? ConditionOutcome.noMatch(message.because("it is excluded"))
				: ConditionOutcome.match(message.because("it is not excluded"));
	}

}
