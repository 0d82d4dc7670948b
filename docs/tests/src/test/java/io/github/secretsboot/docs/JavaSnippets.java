package io.github.secretsboot.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Compiles Java as documents show it: a type, members of a type or statements, with or
 * without imports. What readers find by themselves is imported.
 */
final class JavaSnippets {

	private static final String IMPORTS = """
			import io.github.secretsboot.*;
			import io.github.secretsboot.test.*;
			import io.github.secretsboot.test.spring.*;
			import io.github.secretsboot.follow.*;
			import java.time.Duration;
			import java.time.Instant;
			import java.util.*;
			import com.stripe.StripeClient;
			import org.junit.jupiter.api.*;
			import org.junit.jupiter.api.extension.RegisterExtension;
			import org.slf4j.Logger;
			import org.slf4j.LoggerFactory;
			import org.springframework.beans.factory.annotation.Autowired;
			import org.springframework.beans.factory.annotation.Value;
			import org.springframework.boot.SpringApplication;
			import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
			import org.springframework.boot.autoconfigure.SpringBootApplication;
			import org.springframework.boot.context.properties.ConfigurationProperties;
			import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
			import org.springframework.boot.test.context.SpringBootTest;
			import org.springframework.context.annotation.Bean;
			import org.springframework.context.annotation.Configuration;
			import org.springframework.context.event.EventListener;
			import org.springframework.core.annotation.Order;
			import org.springframework.core.env.Environment;
			import org.springframework.security.config.Customizer;
			import org.springframework.security.config.annotation.web.builders.HttpSecurity;
			import org.springframework.security.config.http.SessionCreationPolicy;
			import org.springframework.security.web.SecurityFilterChain;
			import org.springframework.stereotype.Component;
			import org.springframework.stereotype.Service;
			import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
			import static org.assertj.core.api.Assertions.*;
			""";

	private static final Pattern HEADER = Pattern.compile("(?m)^(?:package|import) [^;]+;\\n");

	private static final Pattern PUBLIC_TYPE = Pattern
		.compile("(?m)^public (?:final )?(?:class|record|interface|enum) (\\w+)");

	/** The application that snippets start. */
	private static final Source APPLICATION = new Source("MyApplication",
			"public class MyApplication { public static void main(String[] args) { } }");

	private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

	private final StandardJavaFileManager files = this.compiler.getStandardFileManager(null, Locale.ROOT, null);

	/**
	 * Compile a snippet in whichever form it is.
	 * @param code the snippet
	 * @param output where the classes go
	 * @return the errors of the form that it is closest to; none if it compiles
	 */
	List<String> compile(String code, Path output) {
		List<String> fewest = null;
		for (Source source : forms(code)) {
			List<String> errors = compile(source, output);
			if (fewest == null || errors.size() < fewest.size()) {
				fewest = errors;
			}
			if (errors.isEmpty()) {
				break;
			}
		}
		return fewest;
	}

	private static List<Source> forms(String code) {
		StringBuilder header = new StringBuilder();
		Matcher lines = HEADER.matcher(code);
		lines.results().map((line) -> line.group()).sorted((a, b) -> b.compareTo(a)).forEach((line) -> {
			if (line.startsWith("package")) {
				header.insert(0, line);
			}
			else {
				header.append(line);
			}
		});
		String imports = header.isEmpty() ? IMPORTS : header.toString();
		String body = lines.replaceAll("");
		Matcher type = PUBLIC_TYPE.matcher(body);
		return List.of(new Source(type.find() ? type.group(1) : "Snippet", imports + body),
				new Source("Snippet", imports + "class Snippet {\n" + body + "\n}\n"), new Source("Snippet",
						imports + "class Snippet {\nvoid run() throws Exception {\n" + body + "\n}\n}\n"));
	}

	private List<String> compile(Source source, Path output) {
		try {
			this.files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(output));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
		this.compiler
			.getTask(null, this.files, diagnostics, List.of("-proc:none", "-Xlint:none", "-parameters", "-classpath",
					System.getProperty("java.class.path")), null, List.of(source, APPLICATION))
			.call();
		List<String> errors = new ArrayList<>();
		for (Diagnostic<?> diagnostic : diagnostics.getDiagnostics()) {
			if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
				errors.add(diagnostic.getMessage(Locale.ROOT).replace('\n', ' '));
			}
		}
		return errors;
	}

	private static final class Source extends SimpleJavaFileObject {

		private final String code;

		Source(String type, String code) {
			super(URI.create("string:///" + type + ".java"), Kind.SOURCE);
			this.code = code;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.code;
		}

	}

}
