package io.github.secretsboot.test;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * Makes passwords of the types of characters that a request includes.
 */
final class RandomPassword {

	private static final String LOWERCASE = "abcdefghijklmnopqrstuvwxyz";

	private static final String UPPERCASE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

	private static final String NUMBERS = "0123456789";

	private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

	private static final SecureRandom RANDOM = new SecureRandom();

	private final List<String> types = new ArrayList<>();

	RandomPassword(RequestBody request) {
		String without = request.text("ExcludeCharacters", 0, 4096);
		IntPredicate excluded = (character) -> without != null && without.indexOf(character) >= 0;
		add(LOWERCASE, !request.flag("ExcludeLowercase", false), excluded);
		add(UPPERCASE, !request.flag("ExcludeUppercase", false), excluded);
		add(NUMBERS, !request.flag("ExcludeNumbers", false), excluded);
		add(PUNCTUATION, !request.flag("ExcludePunctuation", false), excluded);
		add(" ", request.flag("IncludeSpace", false), excluded);
	}

	private void add(String characters, boolean included, IntPredicate excluded) {
		String left = included ? characters.chars()
			.filter(excluded.negate())
			.mapToObj(Character::toString)
			.collect(Collectors.joining()) : "";
		if (!left.isEmpty()) {
			this.types.add(left);
		}
	}

	String generate(int length, boolean eachType) {
		if (this.types.isEmpty()) {
			throw AwsError.invalidParameter("The password can't exclude all characters.");
		}
		if (eachType && length < this.types.size()) {
			throw AwsError.invalidParameter("Password length is too short based on the required types.");
		}
		List<Character> password = new ArrayList<>();
		if (eachType) {
			this.types.forEach((type) -> password.add(anyOf(type)));
		}
		String all = String.join("", this.types);
		while (password.size() < length) {
			password.add(anyOf(all));
		}
		Collections.shuffle(password, RANDOM);
		return password.stream().map(String::valueOf).collect(Collectors.joining());
	}

	private static char anyOf(String characters) {
		return characters.charAt(RANDOM.nextInt(characters.length()));
	}

}
