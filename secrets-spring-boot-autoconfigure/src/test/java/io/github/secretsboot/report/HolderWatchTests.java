package io.github.secretsboot.report;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.consumers.SecretConsumer;
import io.github.secretsboot.env.InMemorySecrets;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.holders.Root;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests when holders are looked for, and what is kept until then. The real schedule, in
 * which each search waits for longer than a test takes.
 */
@ExtendWith(OutputCaptureExtension.class)
class HolderWatchTests {

	private static final String WARNING = "A rotated secret does not reach";

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@BeforeEach
	void createSecret() {
		this.server.create("partner", Map.of("partner.key", "canary-value-1"));
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void whenSecretRotatesTwiceThenOneSearchFindsHoldersOfBothValues(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run("after-rotation")) {
			context.getBean(Copies.class).copy("canary-value-1");
			rotate(context, "canary-value-2");
			context.getBean(Copies.class).copyMore("canary-value-2");
			rotate(context, "canary-value-3");
			HolderWatch watch = context.getBean(HolderWatch.class);
			assertThat(searches(watch)).isEqualTo(1);
			assertThat(output).doesNotContain(WARNING);
			watch.searchFormer();
			assertThat(watch.outdated()).extracting(SecretConsumer::member).containsExactly("first", "second");
			assertThat(StringUtils.countOccurrencesOf(output.toString(), WARNING)).isEqualTo(1);
			assertThat(output).doesNotContain("canary");
		}
	}

	@Test
	void whenSearchIsOverThenFormerValuesAreForgotten() {
		try (ConfigurableApplicationContext context = run("after-rotation")) {
			rotate(context, "canary-value-2");
			HolderWatch watch = context.getBean(HolderWatch.class);
			assertThat(pending(watch).values()).hasSize(1);
			watch.searchFormer();
			assertThat(pending(watch)).isSameAs(FormerValues.NONE);
		}
	}

	@Test
	void whenNothingChangesThenNothingIsSearched() {
		try (ConfigurableApplicationContext context = run("after-rotation")) {
			rotate(context, "canary-value-1");
			assertThat(searches(context.getBean(HolderWatch.class))).isZero();
		}
	}

	@Test
	void whenSearchIsOnRequestThenNoFormerValueIsKept(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run("on-request")) {
			context.getBean(Copies.class).copy("canary-value-1");
			HolderWatch watch = context.getBean(HolderWatch.class);
			watch.search();
			assertThat(watch.list()).extracting(SecretConsumer::member).contains("first");
			rotate(context, "canary-value-2");
			assertThat(pending(watch)).isSameAs(FormerValues.NONE);
			assertThat(searches(watch)).isZero();
			assertThat(watch.outdated()).isEmpty();
			assertThat(output).doesNotContain(WARNING);
		}
	}

	@Test
	void whenSearchIsNeverThenRequestFindsNobody() {
		try (ConfigurableApplicationContext context = run("never")) {
			context.getBean(Copies.class).copy("canary-value-1");
			HolderWatch watch = context.getBean(HolderWatch.class);
			watch.search();
			assertThat(watch.lastSearch()).isNull();
			assertThat(watch.list()).extracting(SecretConsumer::member).containsExactly("key");
		}
	}

	@Test
	void whenOutdatedHolderIsGivenTheValueInUseThenRequestClearsIt() {
		try (ConfigurableApplicationContext context = run("after-rotation")) {
			context.getBean(Copies.class).copy("canary-value-1");
			rotate(context, "canary-value-2");
			HolderWatch watch = context.getBean(HolderWatch.class);
			watch.searchFormer();
			assertThat(watch.outdated()).hasSize(1);
			context.getBean(Copies.class).copy("canary-value-2");
			watch.search();
			assertThat(watch.outdated()).isEmpty();
		}
	}

	@Test
	void whenSeveralAskAtOnceThenOneSearchAnswersThem() throws Exception {
		SecretsEngine engine = new InMemorySecrets().with("a").load().engine();
		AtomicInteger searches = new AtomicInteger();
		Findings findings = new Findings(engine, new WatchedContexts() {

			@Override
			List<Root> roots() {
				searches.incrementAndGet();
				return super.roots();
			}

		});
		List<Thread> callers = Stream.generate(() -> new Thread(findings::searchCurrentOnce)).limit(5).toList();
		synchronized (findings) {
			callers.forEach(Thread::start);
			await().until(() -> callers.stream().allMatch((caller) -> caller.getState() == Thread.State.BLOCKED));
		}
		for (Thread caller : callers) {
			caller.join();
		}
		assertThat(searches).hasValue(1);
		findings.searchCurrentOnce();
		assertThat(searches).hasValue(2);
	}

	@Test
	void whenContextIsClosedThenNothingIsKept() {
		HolderWatch watch;
		try (ConfigurableApplicationContext context = run("after-rotation")) {
			rotate(context, "canary-value-2");
			watch = context.getBean(HolderWatch.class);
		}
		assertThat(pending(watch)).isSameAs(FormerValues.NONE);
		assertThat(executor(watch).isShutdown()).isTrue();
	}

	private ConfigurableApplicationContext run(String search) {
		return TestApplication.run(this.server, Copies.class, "--secrets.sources=partner",
				"--secrets.refresh.enabled=false", "--secrets.holders.search=" + search);
	}

	private void rotate(ConfigurableApplicationContext context, String value) {
		this.server.rotate("partner", Map.of("partner.key", value));
		context.getBean(Secrets.class).refresh();
	}

	private static FormerValues pending(HolderWatch watch) {
		return (FormerValues) ReflectionTestUtils.getField(watch, "pending");
	}

	private static int searches(HolderWatch watch) {
		return ((ScheduledThreadPoolExecutor) executor(watch)).getQueue().size();
	}

	private static ScheduledExecutorService executor(HolderWatch watch) {
		return (ScheduledExecutorService) ReflectionTestUtils.getField(watch, "executor");
	}

	/**
	 * Follows with one field and copies into others.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Copies {

		@Value("${partner.key}")
		String key;

		private String first;

		private String second;

		void copy(String value) {
			this.first = value;
		}

		void copyMore(String value) {
			this.second = value;
		}

		@Bean
		Object unrelated() {
			return this.first + this.second;
		}

	}

}
