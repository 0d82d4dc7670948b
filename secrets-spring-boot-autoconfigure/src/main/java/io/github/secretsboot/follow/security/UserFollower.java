package io.github.secretsboot.follow.security;

import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.Follower;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.util.StringUtils;

/**
 * Gives the user that Spring Boot makes of {@code spring.security.user} a new name and
 * password. Whoever is logged in stays so.
 */
class UserFollower implements Follower<Credentials> {

	private static final Pattern ENCODED = Pattern.compile("^\\{.+}.*$");

	private final UserStore users;

	private final BooleanSupplier hasEncoder;

	private @Nullable String username;

	/**
	 * Create a follower.
	 * @param users has the user
	 * @param hasEncoder whether the application has a password encoder, which takes the
	 * password as it is
	 */
	UserFollower(UserStore users, BooleanSupplier hasEncoder) {
		this.users = users;
		this.hasEncoder = hasEncoder;
	}

	@Override
	public @Nullable Credentials read(Environment environment) {
		String password = environment.getProperty("spring.security.user.password");
		return StringUtils.hasLength(password)
				? new Credentials(environment.getProperty("spring.security.user.name", "user"), password) : null;
	}

	@Override
	public void apply(Credentials credentials) {
		String after = String.valueOf(credentials.username());
		String before = (this.username != null) ? this.username : after;
		this.users.replace(before, after, encode(credentials.password()));
		this.username = after;
	}

	/**
	 * Also at the beginning, since Spring Security encodes a plain password after the
	 * first login with it, which may be just when that password is replaced by another.
	 */
	private String encode(String password) {
		if (this.hasEncoder.getAsBoolean() || ENCODED.matcher(password).matches()) {
			return password;
		}
		return Objects.requireNonNull(PasswordEncoderFactories.createDelegatingPasswordEncoder().encode(password));
	}

	/**
	 * Encode a new password: a longer one than bcrypt takes, 72 bytes, could not be used.
	 */
	@Override
	public void tryOut(Credentials candidate) {
		encode(candidate.password());
	}

	@Override
	public boolean isRefused(Exception failure) {
		return failure instanceof IllegalArgumentException;
	}

	@Override
	public String member() {
		return "user";
	}

}
