package io.github.secretsboot.inject;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;

/**
 * Hints for writing the members that {@code @Value} injects into: ahead of time compiled
 * injection writes them once and without reflection, a rotation writes them again.
 */
class ValueMemberHints implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean registeredBean) {
		List<ValueMember> members = ValueMemberScanner
			.scan(registeredBean.getBeanClass(), registeredBean.getMergedBeanDefinition().getResolvedFactoryMethod())
			.stream()
			.filter(ValueMember::isWritable)
			.toList();
		if (members.isEmpty()) {
			return null;
		}
		return (generationContext, beanRegistrationCode) -> {
			RuntimeHints hints = generationContext.getRuntimeHints();
			members.forEach((member) -> member.registerHints(hints));
		};
	}

}
