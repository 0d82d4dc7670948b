package io.github.secretsboot.docs.example;

import io.github.secretsboot.docs.example.Partner.RefusedException;
import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.Follower;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

@Component
record PartnerFollower(Partner partner) implements Follower<Credentials> {

	@Override
	public Credentials read(Environment environment) {
		return new Credentials(environment.getRequiredProperty("partner.username"),
				environment.getRequiredProperty("partner.password"));
	}

	@Override
	public void apply(Credentials login) {
		this.partner.logInAs(login.username(), login.password());
	}

	@Override
	public void tryOut(Credentials candidate) throws Exception {
		this.partner.check(candidate.username(), candidate.password());
	}

	@Override
	public boolean isRefused(Exception failure) {
		return failure instanceof RefusedException;
	}

}
