package io.github.secretsboot.clients;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Command line arguments of an application.
 */
final class Arguments {

	private Arguments() {
	}

	static String[] with(String[] more, String... arguments) {
		return Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new);
	}

}
