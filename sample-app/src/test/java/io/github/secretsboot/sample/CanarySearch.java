package io.github.secretsboot.sample;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks for canaries in all their spellings, in one go over the bytes, whatever the bytes
 * are. Names what it finds without quoting it.
 */
final class CanarySearch {

	/** Every spelling is longer than this, and known by its last bytes. */
	private static final int WINDOW = Long.BYTES;

	private static final int RING = 1 << 12;

	private final Map<Long, List<Spelling>> spellings = new HashMap<>();

	private final Set<String> findings = new TreeSet<>();

	private final boolean[] lastTwoBytes = new boolean[1 << 16];

	private long bytes;

	private int count;

	CanarySearch(Canaries canaries) {
		int number = 0;
		for (String canary : canaries.all()) {
			number++;
			for (Map.Entry<String, String> spelling : Canaries.spellings(canary).entrySet()) {
				add("canary " + number + " of " + canary.length() + " characters, " + spelling.getKey(),
						spelling.getValue().getBytes(StandardCharsets.UTF_8));
			}
		}
	}

	private void add(String name, byte[] text) {
		long end = 0;
		for (byte b : text) {
			end = (end << 8) | (b & 0xff);
		}
		this.spellings.computeIfAbsent(end, (key) -> new ArrayList<>()).add(new Spelling(name, text));
		this.lastTwoBytes[(int) (end & 0xffff)] = true;
		this.count++;
	}

	void search(String place, Path file) {
		try (InputStream input = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
			search(place, input);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void search(String place, String text) {
		try {
			search(place, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void search(String place, InputStream input) throws IOException {
		byte[] ring = new byte[RING];
		int position = 0;
		long window = 0;
		for (int next = input.read(); next >= 0; next = input.read()) {
			ring[position++ & (RING - 1)] = (byte) next;
			window = (window << WINDOW) | next;
			this.bytes++;
			if (this.lastTwoBytes[(int) (window & 0xffff)]) {
				for (Spelling spelling : this.spellings.getOrDefault(window, List.of())) {
					if (spelling.endsAt(ring, position)) {
						this.findings.add(place + ": " + spelling.name());
					}
				}
			}
		}
	}

	/** Where something was found, and what. */
	Set<String> findings() {
		return this.findings;
	}

	long bytes() {
		return this.bytes;
	}

	int spellings() {
		return this.count;
	}

	private record Spelling(String name, byte[] text) {

		boolean endsAt(byte[] ring, int position) {
			for (int i = 1; i <= this.text.length; i++) {
				if (position < i || ring[(position - i) & (RING - 1)] != this.text[this.text.length - i]) {
					return false;
				}
			}
			return true;
		}

	}

}
