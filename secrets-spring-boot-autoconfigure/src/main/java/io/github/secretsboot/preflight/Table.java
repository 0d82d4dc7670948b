package io.github.secretsboot.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.secretsboot.fetch.PlainText;

/**
 * Text in columns, with one line for each row.
 *
 * @param header the names of the columns
 * @param rows the rows, each with as many cells as there are columns
 */
record Table(List<String> header, List<List<String>> rows) {

	static String count(int number, String noun) {
		return number + " " + noun + ((number != 1) ? "s" : "");
	}

	@Override
	public String toString() {
		List<List<String>> all = new ArrayList<>();
		all.add(this.header);
		this.rows.forEach((row) -> all.add(row.stream().map(PlainText::of).toList()));
		int[] widths = IntStream.range(0, this.header.size())
			.map((column) -> all.stream().mapToInt((row) -> row.get(column).length()).max().orElse(0))
			.toArray();
		return all.stream().map((row) -> line(row, widths)).collect(Collectors.joining());
	}

	private static String line(List<String> row, int[] widths) {
		return IntStream.range(0, row.size())
			.mapToObj((column) -> pad(Objects.requireNonNull(row.get(column)), widths[column]))
			.collect(Collectors.joining("  "))
			.stripTrailing() + '\n';
	}

	private static String pad(String text, int width) {
		return text + " ".repeat(width - text.length());
	}

}
