package io.github.secretsboot.inject;

import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.secretsboot.SecretChange;
import io.github.secretsboot.Secrets;
import io.github.secretsboot.consumers.SecretConsumers;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.test.SecretsManagerServer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;

import org.springframework.asm.ClassWriter;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.Type;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests a bean with a thousand members, and logs what a pass costs.
 */
class ManyMembersTests {

	private static final Log logger = LogFactory.getLog(ManyMembersTests.class);

	private static final int MEMBERS = 1_000;

	@Test
	void whenBeanHasAThousandMembersThenAllOfThemFollow() throws Exception {
		Class<?> type = new Classes().define();
		try (SecretsManagerServer server = SecretsManagerServer.start()) {
			server.create("keys", content(1));
			server.create("other", Map.of("OTHER_KEY", "canary-1"));
			try (ConfigurableApplicationContext context = TestApplication.builder()
				.initializers((GenericApplicationContext beans) -> beans.registerBean("many", type))
				.run(server.arguments("--secrets.sources=keys,other", "--logging.level.root=INFO"))) {
				Object bean = context.getBean("many");
				for (int i = 2; i < 12; i++) {
					server.rotate("keys", content(i));
					logger.info("Rotated a secret of " + MEMBERS + " members in " + rotate(context, "keys") + " µs");
					server.rotate("other", Map.of("OTHER_KEY", "canary-" + i));
					logger.info("Rotated another secret in " + rotate(context, "other") + " µs");
					assertThat(values(bean)).containsOnly("canary-" + i);
				}
				assertThat(context.getBean(SecretConsumers.class).list()).hasSize(MEMBERS);
			}
		}
	}

	/**
	 * Measure a pass that has changes for the consumers.
	 */
	private static long rotate(ConfigurableApplicationContext context, String name) {
		long start = System.nanoTime();
		List<SecretChange> changes = context.getBean(Secrets.class).refresh(name).changes();
		long end = System.nanoTime();
		assertThat(changes).hasSize(1);
		return (end - start) / 1_000;
	}

	private static Map<String, String> content(int number) {
		Map<String, String> content = new HashMap<>();
		IntStream.range(0, MEMBERS).forEach((i) -> content.put("KEY_" + i, "canary-" + number));
		return content;
	}

	private static Iterable<Object> values(Object bean) {
		return IntStream.range(0, MEMBERS)
			.mapToObj((i) -> ReflectionUtils.findField(bean.getClass(), "field" + i))
			.map((field) -> ReflectionUtils.getField(field, bean))
			.toList();
	}

	/**
	 * Makes the class with the members.
	 */
	private static final class Classes extends ClassLoader {

		Classes() {
			super(ManyMembersTests.class.getClassLoader());
		}

		Class<?> define() {
			String parent = Type.getInternalName(Object.class);
			ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
			writer.visit(Opcodes.V17, Modifier.PUBLIC, "many/Members", null, parent, null);
			for (int i = 0; i < MEMBERS; i++) {
				writer.visitField(Modifier.PUBLIC, "field" + i, Type.getDescriptor(String.class), null, null)
					.visitAnnotation(Type.getDescriptor(Value.class), true)
					.visit("value", "${key[" + i + "]}");
			}
			MethodVisitor constructor = writer.visitMethod(Modifier.PUBLIC, "<init>", "()V", null, null);
			constructor.visitVarInsn(Opcodes.ALOAD, 0);
			constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, parent, "<init>", "()V", false);
			constructor.visitInsn(Opcodes.RETURN);
			constructor.visitMaxs(1, 1);
			writer.visitEnd();
			byte[] bytes = writer.toByteArray();
			return defineClass("many.Members", bytes, 0, bytes.length);
		}

	}

}
