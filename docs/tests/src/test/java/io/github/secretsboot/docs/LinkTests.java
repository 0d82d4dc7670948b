package io.github.secretsboot.docs;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that links lead somewhere: those inside the repository to a file and a heading,
 * the others to a host that we know. Nothing is asked over the network.
 */
class LinkTests {

	private static final Set<String> HOSTS = Set.of("localhost", "github.com", "docs.aws.amazon.com", "aws.amazon.com",
			"health.aws.amazon.com", "awspring.io", "docs.awspring.io", "docs.spring.io", "spring.io", "www.apache.org",
			"maven.apache.org", "external-secrets.io", "camel.apache.org", "prometheus.io", "grafana.com",
			"docs.localstack.cloud", "docs.stripe.com", "www.testcontainers.org", "testcontainers.com");

	@ParameterizedTest
	@MethodSource("io.github.secretsboot.docs.Pages#all")
	void whenLinkedThenTargetExists(Page page) {
		List<String> broken = new ArrayList<>();
		for (String link : page.links()) {
			String problem = problem(page, link);
			if (problem != null) {
				broken.add(link + ": " + problem);
			}
		}
		assertThat(broken).as(page.name()).isEmpty();
	}

	private static String problem(Page page, String link) {
		URI target = URI.create(link);
		if (target.getScheme() != null) {
			return problemOfAbsolute(target);
		}
		Path file = target.getPath().isEmpty() ? page.file() : page.file().resolveSibling(target.getPath()).normalize();
		if (!Files.exists(file) || !file.startsWith(Pages.ROOT)) {
			return "no such file";
		}
		if (target.getFragment() != null
				&& (!file.toString().endsWith(".md") || !Page.read(file).anchors().contains(target.getFragment()))) {
			return "no such heading";
		}
		return null;
	}

	private static String problemOfAbsolute(URI target) {
		if (target.getScheme().equals("mailto")) {
			return null;
		}
		if (!HOSTS.contains(target.getHost())) {
			return "not a host that we link to; add it to " + LinkTests.class.getSimpleName() + " if it should be";
		}
		boolean local = target.getHost().equals("localhost");
		return target.getScheme().equals(local ? "http" : "https") ? null : "not https";
	}

	@Test
	void whenPageIsInDocsThenItCanBeReachedFromTheReadme() {
		Set<Path> reached = new HashSet<>();
		List<Path> next = new ArrayList<>(
				List.of(Pages.ROOT.resolve("README.md"), Pages.ROOT.resolve("docs/README.md")));
		while (!next.isEmpty()) {
			Path file = next.remove(next.size() - 1);
			if (reached.add(file)) {
				Page.read(file)
					.links()
					.stream()
					.filter((link) -> !link.contains(":") && link.replaceAll("#.*", "").endsWith(".md"))
					.forEach((link) -> next.add(file.resolveSibling(link.replaceAll("#.*", "")).normalize()));
			}
		}
		List<Path> pages = Pages.all()
			.stream()
			.map(Page::file)
			.filter((file) -> file.startsWith(Pages.ROOT.resolve("docs")))
			.toList();
		assertThat(reached).containsAll(pages);
	}

}
