package io.github.secretsboot.docs;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the reference knows every type of the public API.
 */
class ApiTests {

	@Test
	void whenTypeIsPublicThenReferenceNamesIt() throws IOException {
		String reference = Pages.all()
			.stream()
			.filter((page) -> page.name().startsWith("docs/reference/"))
			.flatMap((page) -> page.inlineCode().stream())
			.collect(Collectors.joining("\n"));
		Set<String> types = Arrays
			.stream(new PathMatchingResourcePatternResolver().getResources("classpath*:io/github/secretsboot/*.class"))
			.map(Resource::getFilename)
			.filter((name) -> !name.contains("$") && !name.startsWith("package-info"))
			.map((name) -> name.replace(".class", ""))
			.filter(ApiTests::isPublic)
			.collect(Collectors.toSet());
		assertThat(types).hasSizeGreaterThan(5)
			.allSatisfy((type) -> assertThat(reference).containsPattern("\\b" + type + "\\b"));
	}

	private static boolean isPublic(String type) {
		return Modifier.isPublic(ClassUtils.resolveClassName("io.github.secretsboot." + type, null).getModifiers());
	}

}
