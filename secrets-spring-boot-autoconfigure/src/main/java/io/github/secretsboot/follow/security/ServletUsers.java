package io.github.secretsboot.follow.security;

import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/**
 * The user of a servlet application.
 *
 * @param manager has the user
 */
record ServletUsers(InMemoryUserDetailsManager manager) implements UserStore {

	@Override
	public void replace(String before, String after, String password) {
		UserDetails user = User.withUserDetails(this.manager.loadUserByUsername(before))
			.username(after)
			.password(password)
			.build();
		if (before.equalsIgnoreCase(after)) {
			this.manager.updateUser(user);
		}
		else {
			this.manager.createUser(user);
			this.manager.deleteUser(before);
		}
	}

}
