package io.github.secretsboot.fetch;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.secretsboot.refresh.SecretSource;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.refresh.TestEngine;
import io.github.secretsboot.refresh.TestSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.bootstrap.BootstrapContext;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;

/**
 * Engines that talk HTTP, without an application around them.
 */
public final class HttpEngine {

	private static final AtomicInteger POSITIONS = new AtomicInteger();

	private HttpEngine() {
	}

	/**
	 * Create an engine.
	 * @param properties of Spring Cloud AWS
	 * @param settings how to fetch
	 * @param sources what to fetch
	 * @return the engine, to be closed
	 */
	public static SecretsEngine create(Map<String, String> properties, FetchSettings settings,
			SecretSource... sources) {
		return create(properties, new DefaultBootstrapContext(), settings, LogFactory.getLog(HttpEngine.class),
				sources);
	}

	/**
	 * Create an engine.
	 * @param properties of Spring Cloud AWS
	 * @param bootstrapContext holds what an application may have registered
	 * @param settings how to fetch
	 * @param log is told what happens
	 * @param sources what to fetch
	 * @return the engine, to be closed
	 */
	public static SecretsEngine create(Map<String, String> properties, BootstrapContext bootstrapContext,
			FetchSettings settings, Log log, SecretSource... sources) {
		SecretReader reader = HttpReader.create(properties, bootstrapContext);
		return TestEngine.create(reader, settings, true, Clock.systemUTC(), log, sources);
	}

	/**
	 * A required source.
	 * @param name the name or ARN
	 * @return the source
	 */
	public static SecretSource source(String name) {
		return TestSource.named(name).at(POSITIONS.incrementAndGet()).build();
	}

	/**
	 * A required source in a place of its own.
	 * @param name the name or ARN
	 * @param location where and as whom it is read
	 * @return the source
	 */
	public static SecretSource source(String name, Location location) {
		return TestSource.named(name).at(POSITIONS.incrementAndGet()).readFrom(location).build();
	}

}
