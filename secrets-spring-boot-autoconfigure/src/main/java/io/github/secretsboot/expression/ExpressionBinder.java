package io.github.secretsboot.expression;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Finds the expressions of the application in a marked text and puts parameters in the
 * place of the marks in them: one for each string literal that has marks in it, and one
 * for each value outside of literals, which is a number, a boolean, {@code null} or text.
 */
final class ExpressionBinder {

	private static final String PREFIX = "#{";

	private static final String PARAMETER = "secretParameter";

	private final String source;

	private final Marks marks;

	private final StringBuilder text = new StringBuilder();

	private final Map<String, @Nullable Object> parameters = new HashMap<>();

	private int position;

	private ExpressionBinder(MarkedText marked) {
		this.source = marked.text();
		this.marks = marked.marks();
	}

	/**
	 * Put parameters in the place of the marks in all expressions of a text.
	 * @throws IllegalArgumentException if a mark stands where only a name can
	 */
	static BoundText bind(MarkedText marked) {
		return new ExpressionBinder(marked).bind();
	}

	private BoundText bind() {
		for (int start = nextExpression(); start >= 0; start = nextExpression()) {
			copyTo(start + PREFIX.length());
			bindExpression();
		}
		copyTo(this.source.length());
		return new BoundText(this.text.toString(), this.parameters);
	}

	private int nextExpression() {
		return this.source.indexOf(PREFIX, this.position);
	}

	private void copyTo(int end) {
		this.text.append(this.source, this.position, end);
		this.position = end;
	}

	private void bindExpression() {
		int depth = 0;
		while (this.position < this.source.length() && depth >= 0) {
			char c = this.source.charAt(this.position);
			if (c == '\'' || c == '"') {
				bindLiteral(c);
			}
			else if (isPartOfWord(c)) {
				bindWord();
			}
			else {
				depth += (c == '{') ? 1 : (c == '}') ? -1 : 0;
				copyTo(this.position + 1);
			}
		}
	}

	private void bindLiteral(char quote) {
		int end = endOfLiteral(quote);
		String literal = this.source.substring(this.position, end);
		if (Marks.isIn(literal)) {
			String content = literal.substring(1, Math.max(1, literal.length() - 1));
			String single = String.valueOf(quote);
			bind(this.marks.replaceIn(content.replace(single + single, single)));
			this.position = end;
		}
		else {
			copyTo(end);
		}
	}

	private int endOfLiteral(char quote) {
		int end = this.source.indexOf(quote, this.position + 1);
		while (end >= 0 && end + 1 < this.source.length() && this.source.charAt(end + 1) == quote) {
			end = this.source.indexOf(quote, end + 2);
		}
		return (end >= 0) ? end + 1 : this.source.length();
	}

	private static boolean isPartOfWord(char c) {
		return Character.isLetterOrDigit(c) || c == '_' || c == '$';
	}

	private void bindWord() {
		int end = this.position;
		while (end < this.source.length() && isPartOfWord(this.source.charAt(end))) {
			end++;
		}
		String word = this.source.substring(this.position, end);
		if (Marks.isIn(word)) {
			bindWord(word);
			this.position = end;
		}
		else {
			copyTo(end);
		}
	}

	private void bindWord(String word) {
		if (this.text.toString().stripTrailing().endsWith(".")) {
			throw new IllegalArgumentException("A value cannot be the name of a member");
		}
		String value = this.marks.replaceIn(word);
		Object literal = SpelLiteral.parse(value);
		if (literal == value && !Marks.removeFrom(word).isEmpty()) {
			throw new IllegalArgumentException("A value cannot be part of a name");
		}
		bind(literal);
	}

	private void bind(@Nullable Object value) {
		String name = PARAMETER + this.parameters.size();
		this.text.append("#root.").append(name).append(' ');
		this.parameters.put(name, value);
	}

}
