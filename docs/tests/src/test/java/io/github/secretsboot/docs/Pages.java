package io.github.secretsboot.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All Markdown pages of the repository.
 */
final class Pages {

	static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

	private static final Set<String> NOT_WRITTEN_BY_PEOPLE = Set.of("target", ".git", "node_modules");

	private Pages() {
	}

	static List<Page> all() {
		List<Page> pages = new ArrayList<>();
		try {
			Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {

				@Override
				public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
					return NOT_WRITTEN_BY_PEOPLE.contains(directory.getFileName().toString())
							? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
					if (file.toString().endsWith(".md")) {
						pages.add(Page.read(file));
					}
					return FileVisitResult.CONTINUE;
				}

			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		pages.sort(Comparator.comparing(Page::name));
		return pages;
	}

	static Page page(String name) {
		return Page.read(ROOT.resolve(name));
	}

	static Stream<Block> blocks(String... languages) {
		Set<String> wanted = Set.of(languages);
		return all().stream()
			.flatMap((page) -> page.blocks().stream())
			.filter((block) -> wanted.contains(block.language()));
	}

}
