package io.github.secretsboot.benchmarks.probe;

import java.lang.reflect.Modifier;

import org.springframework.asm.ClassWriter;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.Type;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A bean that nobody would write: {@code @Value} injects into very many of its fields.
 */
final class Members {

	private Members() {
	}

	/**
	 * Create the bean, for the first and only time in this JVM.
	 * @param count the number of its fields
	 * @return nanoseconds that it took
	 */
	static long create(ConfigurableApplicationContext context, int count) {
		Class<?> type = new Classes().define(count);
		((BeanDefinitionRegistry) context.getBeanFactory()).registerBeanDefinition("members",
				new RootBeanDefinition(type));
		long start = System.nanoTime();
		context.getBean("members");
		return System.nanoTime() - start;
	}

	/**
	 * Makes the class.
	 */
	private static final class Classes extends ClassLoader {

		Classes() {
			super(Members.class.getClassLoader());
		}

		Class<?> define(int count) {
			String parent = Type.getInternalName(Object.class);
			ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
			writer.visit(Opcodes.V17, Modifier.PUBLIC, "members/Members", null, parent, null);
			for (int i = 0; i < count; i++) {
				writer
					.visitField(Modifier.PUBLIC | Modifier.VOLATILE, "member" + i, Type.getDescriptor(String.class),
							null, null)
					.visitAnnotation(Type.getDescriptor(Value.class), true)
					.visit("value", "${member.number" + i + ":none}");
			}
			MethodVisitor constructor = writer.visitMethod(Modifier.PUBLIC, "<init>", "()V", null, null);
			constructor.visitVarInsn(Opcodes.ALOAD, 0);
			constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, parent, "<init>", "()V", false);
			constructor.visitInsn(Opcodes.RETURN);
			constructor.visitMaxs(1, 1);
			writer.visitEnd();
			byte[] bytes = writer.toByteArray();
			return defineClass("members.Members", bytes, 0, bytes.length);
		}

	}

}
