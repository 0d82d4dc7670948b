package io.github.secretsboot.docs;

import java.io.StringReader;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import io.github.secretsboot.env.SecretsProperties;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.yaml.snakeyaml.Yaml;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sts.StsClient;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests every fenced block of every page but the shell's, which {@link ShellTests} runs.
 */
class SnippetTests {

	/** What a block of application.yml may begin with. */
	private static final Set<String> APPLICATION_YML = Set.of("secrets", "spring", "management", "logging", "server");

	/** Actions of services whose clients are not on the class path. */
	private static final Set<String> OTHER_ACTIONS = Set.of("kms:Decrypt", "kms:DescribeKey", "sts:TagSession",
			"ssm:GetParametersByPath");

	private static final Metadata metadata = new Metadata();

	@Test
	void whenBlockThenItsLanguageIsOneThatIsTested() {
		assertThat(Pages.all()).flatExtracting(Page::blocks)
			.isNotEmpty()
			.allSatisfy((block) -> assertThat(Block.LANGUAGES).as(block.where()).contains(block.language()));
	}

	@TestFactory
	Stream<DynamicTest> whenJavaThenCompiles(@TempDir Path output) {
		JavaSnippets java = new JavaSnippets();
		return each("java", (block) -> assertThat(java.compile(block.text(), output)).isEmpty());
	}

	@TestFactory
	Stream<DynamicTest> whenYamlThenBinds() {
		return each("yaml", (block) -> {
			for (Object document : new Yaml().loadAll(block.text())) {
				if (document instanceof Map<?, ?> map && map.containsKey("apiVersion")) {
					assertThat(map.keySet().stream().map(String::valueOf)).contains("kind", "metadata");
				}
				else {
					isApplicationYml(block.text());
				}
			}
		});
	}

	private void isApplicationYml(String text) throws Exception {
		for (PropertySource<?> source : new YamlPropertySourceLoader().load("snippet",
				new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8)))) {
			String[] keys = ((EnumerablePropertySource<?>) source).getPropertyNames();
			assertThat(keys).isNotEmpty().allSatisfy((key) -> {
				if (APPLICATION_YML.contains(key.replaceAll("\\..*", "")) && !key.startsWith("logging.level.")) {
					assertThat(metadata.knows(key)).as(key).isTrue();
				}
			});
			new Binder(ConfigurationPropertySources.from(source)).bindOrCreate("secrets",
					Bindable.of(SecretsProperties.class), new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
		}
	}

	@TestFactory
	Stream<DynamicTest> whenJsonThenParsesAndIsAPolicyThatAwsKnows() {
		JsonMapper mapper = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
		return each("json", (block) -> {
			JsonNode json = mapper.readTree(block.text());
			for (JsonNode statement : statements(json)) {
				assertThat(statement.path("Effect").asString()).isIn("Allow", "Deny");
				assertThat(statement.has("Resource") || statement.has("Principal")).as("Resource or Principal")
					.isTrue();
				texts(statement.path("Action")).forEach((action) -> assertThat(isAction(action)).as(action).isTrue());
				texts(statement.path("Resource"))
					.forEach((resource) -> assertThat(resource).matches("\\*|arn:aws:[a-z]+:[a-z0-9-]*:(\\d{12})?:.+"));
			}
		});
	}

	static List<JsonNode> statements(JsonNode json) {
		List<JsonNode> statements = new ArrayList<>();
		if (json.has("Effect")) {
			statements.add(json);
		}
		json.path("Statement").forEach(statements::add);
		return statements;
	}

	private static List<String> texts(JsonNode node) {
		List<String> texts = new ArrayList<>();
		if (node.isString()) {
			texts.add(node.asString());
		}
		node.forEach((element) -> texts.add(element.asString()));
		return texts;
	}

	static boolean isAction(String action) {
		String[] parts = action.split(":", 2);
		Class<?> client = switch (parts[0]) {
			case "secretsmanager" -> SecretsManagerClient.class;
			case "sts" -> StsClient.class;
			default -> null;
		};
		return OTHER_ACTIONS.contains(action) || client != null && Arrays.stream(client.getMethods())
			.map(Method::getName)
			.anyMatch(
					(method) -> parts[1].equals(method.substring(0, 1).toUpperCase(Locale.ROOT) + method.substring(1)));
	}

	@TestFactory
	Stream<DynamicTest> whenXmlThenDependenciesAndVersionsAreThoseOfTheBuild() {
		return each("xml", (block) -> {
			Element root = DocumentBuilderFactory.newInstance()
				.newDocumentBuilder()
				.parse(new InputSource(
						new StringReader("<snippet>" + block.text().replaceFirst("<\\?xml.*?\\?>", "") + "</snippet>")))
				.getDocumentElement();
			NodeList parents = root.getElementsByTagName("parent");
			for (int i = 0; i < parents.getLength(); i++) {
				assertThat(child((Element) parents.item(i), "version")).isEqualTo(SpringBootVersion.getVersion());
			}
			NodeList dependencies = root.getElementsByTagName("dependency");
			for (int i = 0; i < dependencies.getLength(); i++) {
				isOnTheClassPath((Element) dependencies.item(i));
			}
		});
	}

	private static void isOnTheClassPath(Element dependency) {
		String artifact = child(dependency, "artifactId");
		String version = child(dependency, "version");
		String classPath = System.getProperty("java.class.path").replace('\\', '/');
		assertThat(classPath).contains("/" + artifact + "/");
		boolean ours = child(dependency, "groupId").equals("io.github.secretsboot");
		if (ours) {
			assertThat(Page.read(Pages.ROOT.resolve("pom.xml")).text())
				.contains("<artifactId>secrets-spring-boot</artifactId>\n\t<version>" + version + "</version>");
		}
		else if (version != null) {
			assertThat(classPath).contains("/" + artifact + "-" + version + ".jar");
		}
	}

	private static String child(Element element, String name) {
		NodeList children = element.getElementsByTagName(name);
		return (children.getLength() > 0) ? children.item(0).getTextContent().strip() : null;
	}

	private static Stream<DynamicTest> each(String language, ThrowingConsumer test) {
		return Pages.blocks(language)
			.filter((block) -> block.source() == null)
			.map((block) -> DynamicTest.dynamicTest(block.where(), () -> {
				try {
					test.accept(block);
				}
				catch (AssertionError | Exception ex) {
					throw new AssertionError(block.where() + ": " + ex.getMessage(), ex);
				}
			}));
	}

	private interface ThrowingConsumer {

		void accept(Block block) throws Exception;

	}

}
