package io.github.secretsboot.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Markdown page, as far as the tests need to understand it.
 *
 * @param file the file
 * @param text its content
 */
record Page(Path file, String text) {

	private static final Pattern FENCED = Pattern.compile("(?ms)^```([^\\n`]*)\\n(.*?)^```[ \\t]*$");

	private static final Pattern SOURCE = Pattern.compile("<!-- source: (\\S+) -->\\n$");

	private static final Pattern CODE = Pattern.compile("`[^`\\n]+`");

	private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *#*$");

	private static final Pattern LINK = Pattern
		.compile("\\]\\(\\s*<?([^)\\s>]+)>?[^)]*\\)|<(https?:[^>\\s]+)>|(?:src|href|srcset)=\"([^\"]+)\"");

	static Page read(Path file) {
		try {
			return new Page(file, Files.readString(file).replace("\r\n", "\n"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String name() {
		return Pages.ROOT.relativize(this.file).toString().replace('\\', '/');
	}

	List<Block> blocks() {
		return FENCED.matcher(this.text).results().map(this::block).toList();
	}

	private Block block(MatchResult block) {
		Matcher source = SOURCE.matcher(this.text.substring(0, block.start()));
		return new Block(name(), lineOf(block.start()), block.group(1).strip(), block.group(2),
				source.find() ? source.group(1) : null);
	}

	private int lineOf(int position) {
		return (int) this.text.substring(0, position).lines().count() + 1;
	}

	/**
	 * The block that follows a comment, which says where its content comes from.
	 */
	Block blockAfter(String comment) {
		return block(findBlockAfter(comment).toMatchResult());
	}

	Page withBlockAfter(String comment, String content) {
		Matcher block = findBlockAfter(comment);
		return new Page(this.file,
				this.text.substring(0, block.start(2)) + content + this.text.substring(block.end(2)));
	}

	private Matcher findBlockAfter(String comment) {
		int start = this.text.indexOf("<!-- " + comment + " -->\n```");
		Matcher block = FENCED.matcher(this.text);
		if (start < 0 || !block.find(start)) {
			throw new AssertionError(name() + " has no block after <!-- " + comment + " -->");
		}
		return block;
	}

	/** What is between a comment and the next one that ends it. */
	String section(String comment) {
		Matcher section = sectionMatcher(comment);
		return section.group(1);
	}

	Page withSection(String comment, String content) {
		Matcher section = sectionMatcher(comment);
		return new Page(this.file,
				this.text.substring(0, section.start(1)) + content + this.text.substring(section.end(1)));
	}

	private Matcher sectionMatcher(String comment) {
		Matcher section = Pattern.compile("(?s)<!-- " + Pattern.quote(comment) + " -->\\n(.*?)<!-- end -->")
			.matcher(this.text);
		if (!section.find()) {
			throw new AssertionError(name() + " has nothing between <!-- " + comment + " --> and <!-- end -->");
		}
		return section;
	}

	void write() {
		try {
			Files.writeString(this.file, this.text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The text without its fenced blocks. */
	String prose() {
		return FENCED.matcher(this.text).replaceAll("");
	}

	List<String> inlineCode() {
		return CODE.matcher(prose())
			.results()
			.map((code) -> code.group().substring(1, code.group().length() - 1))
			.toList();
	}

	List<String> links() {
		List<String> links = new ArrayList<>();
		for (MatchResult link : LINK.matcher(CODE.matcher(prose()).replaceAll("")).results().toList()) {
			for (int group = 1; group <= link.groupCount(); group++) {
				if (link.group(group) != null) {
					links.add(link.group(group));
				}
			}
		}
		return links;
	}

	/**
	 * The anchors that GitHub makes of the headings.
	 */
	Set<String> anchors() {
		Set<String> anchors = new LinkedHashSet<>();
		Map<String, Integer> seen = new HashMap<>();
		HEADING.matcher(prose()).results().forEach((heading) -> {
			String title = heading.group(1).replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1").replace("`", "");
			String anchor = title.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
			int times = seen.merge(anchor, 1, Integer::sum);
			anchors.add((times > 1) ? anchor + "-" + (times - 1) : anchor);
		});
		Pattern.compile("<a (?:id|name)=\"([^\"]+)\"")
			.matcher(prose())
			.results()
			.forEach((id) -> anchors.add(id.group(1)));
		return anchors;
	}

	@Override
	public String toString() {
		return name();
	}

}
