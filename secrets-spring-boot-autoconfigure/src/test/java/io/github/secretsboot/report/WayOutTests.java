package io.github.secretsboot.report;

import java.util.List;
import java.util.Set;

import io.github.secretsboot.consumers.SecretConsumer;
import io.github.secretsboot.consumers.SecretConsumer.Mode;
import io.github.secretsboot.env.SecretsProperties;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.mail.javamail.JavaMailSenderImpl;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WayOut}.
 */
class WayOutTests {

	private final SecretsProperties.Follow follow = new SecretsProperties.Follow();

	private String wayOut(String bean) {
		DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();
		beanFactory.registerSingleton("mailSender", new JavaMailSenderImpl());
		beanFactory.registerSingleton("other", new Object());
		WatchedContexts contexts = new WatchedContexts();
		contexts.add(beanFactory);
		return new WayOut(contexts, this.follow).of(new SecretConsumer(bean, "password", Set.of("KEY"), Mode.FROZEN));
	}

	@Test
	void whenFollowerIsLeftOutThenNamesTheSetting() {
		this.follow.setExclude(List.of("mail"));
		assertThat(wayOut("mailSender")).contains("'mail'", "secrets.follow.exclude");
		assertThat(wayOut("other")).doesNotContain("secrets.follow");
	}

	@Test
	void whenNothingFollowsThenNamesTheSetting() {
		this.follow.setEnabled(false);
		assertThat(wayOut("mailSender")).contains("'mail'", "secrets.follow.enabled");
	}

	@Test
	void whenClientWouldFollowIfItCouldThenNoSettingIsToBlame() {
		assertThat(wayOut("mailSender")).contains("Rotating<T>").doesNotContain("secrets.follow");
		assertThat(wayOut("absent")).contains("Rotating<T>");
	}

}
