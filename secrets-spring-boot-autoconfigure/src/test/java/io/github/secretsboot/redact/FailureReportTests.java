package io.github.secretsboot.redact;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Binds secrets to everything that they do not fit, and looks for parts of their values
 * in what is said about it.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailureReportTests {

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@AfterEach
	void closeServer() {
		this.server.close();
		// Boot keeps the threshold of the last application as a system property
		System.clearProperty("CONSOLE_LOG_THRESHOLD");
	}

	/**
	 * The ways of a value into a bound property.
	 */
	enum Way {

		DIRECT, PLACEHOLDER, PART_OF_PLACEHOLDERS

	}

	@ParameterizedTest
	@EnumSource
	void whenSecretCannotBeBoundThenNoPartOfItIsShown(Way way, CapturedOutput output) {
		List<Class<?>> shapes = List.of(BindShapes.class.getAnnotation(EnableConfigurationProperties.class).value());
		Map<String, String> properties = new LinkedHashMap<>();
		Map<String, Object> secret = new LinkedHashMap<>();
		for (Class<?> shape : shapes) {
			String prefix = AnnotationUtils.getAnnotation(shape, ConfigurationProperties.class).prefix();
			Object contents = BindShapes.contents(prefix.substring(0, prefix.indexOf('.')), shapes.indexOf(shape));
			if (contents instanceof Map<?, ?> entries) {
				entries.forEach((key, value) -> add(way, prefix + ".value." + key, value, secret, properties));
			}
			else {
				add(way, prefix + ".value", contents, secret, properties);
			}
		}
		List<String> leaks = new ArrayList<>();
		try (ConfigurableApplicationContext context = run(BindShapes.class, secret, properties)) {
			for (Class<?> shape : shapes) {
				int logged = output.getAll().length();
				Throwable failure = catchThrowable(() -> context.getBean(shape));
				assertThat(failure).as(shape.getSimpleName()).isNotNull();
				report(failure, context);
				if (holdsPart(messages(failure)) || holdsPart(output.getAll().substring(logged))) {
					leaks.add(shape.getSimpleName());
				}
			}
		}
		assertThat(output).contains(" TRACE ");
		assertThat(leaks).isEmpty();
	}

	@Test
	void whenSecretCannotBeInjectedThenNoPartOfItIsShown(CapturedOutput output) {
		List<String> leaks = new ArrayList<>();
		try (ConfigurableApplicationContext context = run(InjectShapes.class, InjectShapes.SECRET, InjectShapes.FILE)) {
			List<String> beans = new ArrayList<>(List.of("parameter", "definition"));
			Stream.of(InjectShapes.class.getAnnotation(Import.class).value()).map(Class::getName).forEach(beans::add);
			for (String bean : beans) {
				int logged = output.getAll().length();
				Throwable failure = catchThrowable(() -> context.getBean(bean));
				assertThat(failure).as(bean).isNotNull();
				report(failure, context);
				String shown = messages(failure) + output.getAll().substring(logged);
				if (InjectShapes.PARTS.stream().anyMatch(shown::contains)) {
					leaks.add(bean);
				}
			}
		}
		assertThat(leaks).isEmpty();
	}

	private static void add(Way way, String name, Object value, Map<String, Object> secret,
			Map<String, String> properties) {
		if (way == Way.DIRECT) {
			secret.put(name, value);
			return;
		}
		String key = "key" + secret.size();
		secret.put(key, value);
		properties.put(name, switch (way) {
			case PLACEHOLDER -> "${" + key + "}";
			default -> "${no.such:${" + key + "}}${nothing:}";
		});
	}

	private ConfigurableApplicationContext run(Class<?> beans, Map<String, Object> secret, Map<String, ?> properties) {
		this.server.create("myapp/keys", secret);
		return TestApplication.builder(beans)
			.properties(new LinkedHashMap<>(properties))
			.initializers((GenericApplicationContext context) -> {
				context.registerBeanDefinition("definition", numbers("1,${key.list:x}"));
			})
			.lazyInitialization(true)
			.run(this.server.arguments("--secrets.sources=myapp/keys", "--logging.level.root=trace",
					"--logging.threshold.console=trace"));
	}

	private static BeanDefinition numbers(String text) {
		return BeanDefinitionBuilder.rootBeanDefinition(BindShapes.IntegersBean.class)
			.addPropertyValue("value", text)
			.getBeanDefinition();
	}

	private static boolean holdsPart(String text) {
		return text.contains("canary-") || text.contains("9173548206");
	}

	private static String messages(Throwable failure) {
		StringBuilder messages = new StringBuilder();
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			messages.append(cause).append('\n');
			Stream.of(cause.getSuppressed()).forEach((suppressed) -> messages.append(messages(suppressed)));
		}
		return messages.toString();
	}

	/**
	 * Have Boot print what it would if the start had failed with it.
	 */
	private static void report(Throwable failure, ConfigurableApplicationContext context) {
		SpringFactoriesLoader.forDefaultResourceLocation()
			.load(SpringBootExceptionReporter.class, ArgumentResolver.of(ConfigurableApplicationContext.class, context))
			.forEach((reporter) -> reporter.reportException(failure));
	}

}
