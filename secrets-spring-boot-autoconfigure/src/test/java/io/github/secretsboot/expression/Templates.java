package io.github.secretsboot.expression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Makes up values of secrets, properties of an application and texts with placeholders
 * and expressions, of what is likely to confuse whoever tells them apart.
 */
final class Templates {

	/** Properties of the secret, beside those that are the same in every case. */
	static final int SECRETS = 8;

	/** Properties of the application. */
	static final int PROPERTIES = 6;

	/** Values that an expression may take for what they are. */
	static final Map<String, String> PLAIN = Map.of("number", "21", "flag", "true", "name", "p0");

	private static final String[] NASTY = { "#", "{", "}", "#{", "${", "$", "'", "\"", "''", "\\", ":", "T(", ")", "x",
			" ", "1", Canary.CALL, Canary.EXPRESSION, "'+" + Canary.CALL + "+'", "\"+" + Canary.CALL + "+\"", "${s1}",
			"${number}", "\\${s2}", "#{1+1}", "s0", "}#{" };

	private static final String[] TEXTS = { "a", "b", " ", "#", "{", "}", "$", "\\", ":", "/", "''", "[", "]", "(",
			")" };

	private final Random random;

	Templates(long seed) {
		this.random = new Random(seed);
	}

	/**
	 * Values, some of which are parts of others, or begin where others end.
	 */
	Map<String, String> secrets() {
		Map<String, String> secrets = new LinkedHashMap<>(PLAIN);
		List<String> values = new ArrayList<>();
		for (int i = 0; i < SECRETS; i++) {
			String value = several(5, () -> nasty(values));
			values.add(value);
			secrets.put("s" + i, value);
		}
		return secrets;
	}

	private String nasty(List<String> values) {
		if (values.isEmpty() || this.random.nextInt(4) > 0) {
			return pick(NASTY);
		}
		String value = values.get(this.random.nextInt(values.size()));
		int start = this.random.nextInt(value.length() + 1);
		return this.random.nextBoolean() ? value.substring(start) : value.substring(0, start);
	}

	/**
	 * Properties of the application, each of which may refer to those after it.
	 */
	Map<String, String> properties() {
		Map<String, String> properties = new LinkedHashMap<>();
		for (int i = 0; i < PROPERTIES; i++) {
			int level = i + 1;
			properties.put("p" + i, several(3, () -> text(level)));
		}
		return properties;
	}

	/**
	 * A text with up to four placeholders or expressions among others.
	 */
	String text() {
		return several(4, () -> (this.random.nextInt(3) > 0) ? text(0) : expression());
	}

	/**
	 * A text with expressions that have values where only code can be.
	 */
	String reckless() {
		return several(3,
				() -> pick("#", "{", "#{", "}", "#{" + simple(0) + "}", "#{1 + " + simple(0) + simple(0) + "}",
						"#{@" + simple(0) + "}", "#{T(" + simple(0) + ").hit()}",
						"#{systemProperties." + simple(0) + "}", "#{(" + literal() + simple(0) + ")}", "#{" + simple(0),
						simple(0), "${" + simple(0) + "}"));
	}

	private String text(int level) {
		return switch (this.random.nextInt(4)) {
			case 0, 1 -> placeholder(level);
			default -> several(3, () -> pick(TEXTS));
		};
	}

	private String placeholder(int level) {
		return switch (this.random.nextInt(10)) {
			case 0 -> "${missing:" + several(2, () -> simple(level)) + "}";
			case 1 -> "${s" + this.random.nextInt(SECRETS) + ":" + simple(level) + "}";
			case 2 -> (level == 0) ? "${${name}}" : simple(level);
			case 3 -> "${" + pick(PLAIN.keySet().toArray(String[]::new)) + "}";
			default -> simple(level);
		};
	}

	private String simple(int level) {
		return (level < PROPERTIES && this.random.nextInt(3) == 0)
				? "${p" + (level + this.random.nextInt(PROPERTIES - level)) + "}"
				: "${s" + this.random.nextInt(SECRETS) + "}";
	}

	private String expression() {
		return "#{" + switch (this.random.nextInt(9)) {
			case 0 -> literal() + " + " + literal();
			case 1 -> literal() + ".concat(" + literal() + ")";
			case 2 -> "1 < 2 ? " + literal() + ":" + literal();
			case 3 -> "${number} * 2 + ${number}0";
			case 4 -> "not ${flag}";
			case 5 -> "{" + literal() + ", " + literal() + "}.![#this]";
			case 6 -> "{" + literal() + ":" + literal() + "}.values().iterator().next()";
			case 7 -> "environment['p" + this.random.nextInt(PROPERTIES) + "']";
			default -> literal();
		} + "}";
	}

	private String literal() {
		String quote = this.random.nextBoolean() ? "'" : "\"";
		return quote
				+ several(3, () -> this.random.nextBoolean() ? simple(0)
						: pick("a", " ", "#", "#{", "}", "{", "${flag}", quote + quote, quote.equals("'") ? "\"" : "'"))
				+ quote;
	}

	private String several(int max, Supplier<String> part) {
		StringBuilder all = new StringBuilder();
		int count = (max > 1 && this.random.nextInt(8) == 0) ? 0 : 1 + this.random.nextInt(max);
		for (int i = 0; i < count; i++) {
			all.append(part.get());
		}
		return all.toString();
	}

	private String pick(String... choice) {
		return choice[this.random.nextInt(choice.length)];
	}

}
