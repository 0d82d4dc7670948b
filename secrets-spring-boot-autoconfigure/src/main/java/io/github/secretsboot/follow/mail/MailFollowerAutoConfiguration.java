package io.github.secretsboot.follow.mail;

import java.util.List;

import io.github.secretsboot.follow.ClientBeanPostProcessor;
import io.github.secretsboot.follow.ConditionalOnFollower;
import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.CredentialsFinder;
import io.github.secretsboot.follow.Followed;
import io.github.secretsboot.follow.Followers;
import io.github.secretsboot.follow.Technology;
import jakarta.mail.MessagingException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * {@link AutoConfiguration Auto-configuration} for mail senders that follow the rotation
 * of their credentials.
 */
@AutoConfiguration(afterName = "io.github.secretsboot.autoconfigure.SecretsFollowAutoConfiguration")
@ConditionalOnClass({ JavaMailSenderImpl.class, SMTPTransport.class })
@ConditionalOnFollower(Technology.MAIL)
public final class MailFollowerAutoConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ClientBeanPostProcessor<JavaMailSenderImpl> secretsMailPostProcessor(Followers secretsFollowers,
			CredentialsFinder secretsCredentialsFinder) {
		return new ClientBeanPostProcessor<>(JavaMailSenderImpl.class,
				(beanName, sender) -> (sender.getPassword() == null) ? List.of()
						: secretsCredentialsFinder
							.find(beanName, new Credentials(sender.getUsername(), sender.getPassword()))
							.map((source) -> follow(beanName, new MailFollower(sender, source), secretsFollowers))
							.stream()
							.toList());
	}

	private static Followed<Credentials> follow(String beanName, MailFollower follower, Followers followers) {
		Followed<Credentials> followed = followers.follow(beanName, follower);
		JavaMailSenderImpl sender = follower.sender();
		try {
			sender.setSession(RotatingTransport.session(sender.getSession(), followed));
		}
		catch (MessagingException ex) {
			throw new IllegalStateException(ex);
		}
		return followed;
	}

}
