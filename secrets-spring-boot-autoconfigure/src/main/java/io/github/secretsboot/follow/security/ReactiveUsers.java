package io.github.secretsboot.follow.security;

import java.util.UUID;

import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * The user of a reactive application.
 *
 * @param service has the user
 */
record ReactiveUsers(MapReactiveUserDetailsService service) implements UserStore {

	@Override
	public void replace(String before, String after, String password) {
		UserDetails user = this.service.findByUsername(before).blockOptional().orElseThrow();
		this.service.updatePassword(User.withUserDetails(user).username(after).build(), password).block();
		if (!before.equalsIgnoreCase(after)) {
			// Nobody can be removed
			UserDetails locked = User.withUserDetails(user).disabled(true).build();
			this.service.updatePassword(locked, "{noop}" + UUID.randomUUID()).block();
		}
	}

}
