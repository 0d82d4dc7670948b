package io.github.secretsboot.holders;

import java.io.File;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.Buffer;
import java.nio.channels.Channel;
import java.nio.channels.Selector;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.sql.Connection;
import java.text.Format;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Calendar;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.ResourceBundle;
import java.util.ServiceLoader;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.regex.Pattern;

import io.github.secretsboot.SecretSnapshot;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.env.PropertyResolver;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySources;

/**
 * What a search does not look into, since nobody uses what is there as a credential.
 */
final class PassedOver {

	/** Whoever implements or extends them. */
	private static final List<Class<?>> TYPES = List.of(
			// Descriptions of classes
			AnnotatedElement.class, Annotation.class, BeanDefinition.class, ClassLoader.class, MethodHandle.class,
			MethodParameter.class, MethodType.class, Module.class, ModuleLayer.class, ResolvableType.class, Type.class,
			TypeDescriptor.class, VarHandle.class,
			// Threads, connections that are logged in, and what passes through
			Buffer.class, Connection.class, Thread.class, ThreadGroup.class, ThreadLocal.class, Throwable.class,
			// The way that values take to the beans; the beans themselves are where a
			// search begins
			BeanFactory.class, PropertyResolver.class, PropertySource.class, PropertySources.class);

	/** The JDK's own implementations. They have no text, or none that is a secret. */
	private static final List<Class<?>> TYPES_OF_JDK = List.of(AbstractOwnableSynchronizer.class, Boolean.class,
			Channel.class, Character.class, Charset.class, ClassValue.class, Clock.class, Condition.class,
			Calendar.class, Currency.class, DateTimeFormatter.class, EnumSet.class, File.class, Format.class,
			InetAddress.class, Locale.class, Lock.class, MethodHandles.Lookup.class, Number.class, Path.class,
			Pattern.class, PhantomReference.class, Random.class, ReadWriteLock.class, ReferenceQueue.class,
			ResourceBundle.class, Selector.class, ServiceLoader.class, SocketAddress.class, TemporalAccessor.class,
			TemporalAmount.class, TimeZone.class, UUID.class);

	/** By how their names begin, since most of them may be absent. */
	private static final NavigableSet<String> NAMES = new TreeSet<>(List.of(
			// Loggers
			"ch.qos.logback.", "java.util.logging.", "org.apache.commons.logging.", "org.apache.juli.logging.",
			"org.apache.logging.", "org.jboss.logging.", "org.slf4j.",
			// Buffers, which keep remains of what passed through them
			"com.fasterxml.jackson.core.util.BufferRecycler", "io.netty.buffer.", "org.apache.tomcat.util.buf.",
			"org.eclipse.jetty.io.", "tools.jackson.core.util.BufferRecycler",
			// The Secrets Manager of tests, which is what holds all secrets
			"io.github.secretsboot.test.",
			// Asked with the user name and password of its pool, which has them, too
			"com.zaxxer.hikari.util.DriverDataSource",
			// Descriptions of classes, and what decided which beans there are
			"net.bytebuddy.", "org.hibernate.models.", "org.springframework.asm.",
			"org.springframework.beans.factory.annotation.InjectionMetadata",
			"org.springframework.boot.autoconfigure.condition.", "org.springframework.cglib.",
			"org.springframework.context.annotation.BeanMethod",
			"org.springframework.context.annotation.ConfigurationClass", "org.springframework.core.annotation.",
			"org.springframework.core.type.",
			// What Spring Boot remembers of binding, to describe it
			"org.springframework.boot.context.config.",
			"org.springframework.boot.context.properties.BoundConfigurationProperties",
			"org.springframework.boot.context.properties.bind.", "org.springframework.boot.context.properties.source.",
			"org.springframework.boot.env.",
			// The JDK's management, files and network
			"com.sun.jmx.", "com.sun.management.", "javax.management.", "sun.management.", "sun.nio."));

	private static final String OWN_PACKAGE = "io.github.secretsboot.";

	private static final ProtectionDomain OWN_DOMAIN = PassedOver.class.getProtectionDomain();

	private final Map<Class<?>, Boolean> known = new HashMap<>();

	/**
	 * Whether objects of a class are passed over.
	 */
	boolean covers(Class<?> type) {
		Boolean answer = this.known.get(type);
		if (answer == null) {
			answer = decide(type);
			this.known.put(type, answer);
		}
		return answer;
	}

	/**
	 * Whether all that can be in a field or an array is passed over.
	 * @param type the declared type
	 */
	boolean coversAllIn(Class<?> type) {
		return covers(type) && (type.isPrimitive() || Modifier.isFinal(type.getModifiers()) || isAny(TYPES, type));
	}

	private static boolean decide(Class<?> type) {
		if (type.isPrimitive() || isArrayOfNumbers(type) || isAny(TYPES, type)
				|| (type.getClassLoader() == null && isAny(TYPES_OF_JDK, type))) {
			return true;
		}
		String name = type.getName();
		String passed = NAMES.floor(name);
		return (passed != null && name.startsWith(passed)) || (name.startsWith(OWN_PACKAGE) && isOwn(type));
	}

	private static boolean isAny(List<Class<?>> types, Class<?> type) {
		for (Class<?> candidate : types) {
			if (candidate.isAssignableFrom(type)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isArrayOfNumbers(Class<?> type) {
		return type.isArray() && type.getComponentType().isPrimitive() && type != char[].class && type != byte[].class;
	}

	/**
	 * Of our own, only what may have something of the application's is looked into: a
	 * snapshot that it has kept, an object that it builds, and the clients that followers
	 * stand in front of.
	 */
	private static boolean isOwn(Class<?> type) {
		return isOurs(type) && !SecretSnapshot.class.isAssignableFrom(type) && Behind.of(type) == Behind.NOTHING;
	}

	/**
	 * Whether a class is this library's.
	 */
	static boolean isOurs(Class<?> type) {
		return type.getProtectionDomain() == OWN_DOMAIN && type.getName().startsWith(OWN_PACKAGE);
	}

}
