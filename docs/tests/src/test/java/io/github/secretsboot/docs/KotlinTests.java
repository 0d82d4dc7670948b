package io.github.secretsboot.docs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compiles the Kotlin of all pages.
 */
class KotlinTests {

	/** What readers find by themselves. */
	private static final String IMPORTS = """
			import com.stripe.StripeClient
			import io.github.secretsboot.*
			import org.slf4j.LoggerFactory
			import org.springframework.beans.factory.annotation.Value
			import org.springframework.boot.context.properties.ConfigurationProperties
			import org.springframework.context.annotation.*
			import org.springframework.context.event.EventListener
			import org.springframework.stereotype.*
			""";

	@TestFactory
	Stream<DynamicTest> whenKotlinThenCompiles(@TempDir Path folder) {
		return Pages.blocks("kotlin").map((block) -> DynamicTest.dynamicTest(block.where(), () -> {
			Path source = folder.resolve("Snippet" + block.line() + ".kt");
			Files.writeString(source, IMPORTS + block.text());
			ByteArrayOutputStream messages = new ByteArrayOutputStream();
			ExitCode exit = compile(source, folder.resolve("classes"), messages);
			assertThat(exit).as(() -> messages.toString(StandardCharsets.UTF_8)).isEqualTo(ExitCode.OK);
		}));
	}

	private static ExitCode compile(Path source, Path classes, ByteArrayOutputStream messages) throws IOException {
		try (PrintStream output = new PrintStream(messages, true, StandardCharsets.UTF_8)) {
			return new K2JVMCompiler().exec(output, "-no-stdlib", "-no-reflect", "-classpath",
					System.getProperty("java.class.path"), "-d", classes.toString(), source.toString());
		}
	}

}
