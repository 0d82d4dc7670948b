package io.github.secretsboot.report;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.consumers.SecretConsumer;
import io.github.secretsboot.consumers.SecretConsumer.Mode;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.report.ManyHolders.User;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares what is said of {@link ManyHolders} with what they use: before a rotation with
 * what they will use, and after it with what they do.
 */
@ExtendWith(OutputCaptureExtension.class)
class ClaimsTests {

	private static final String OLD = "canary-old/value+1";

	private static final String NEW = "canary-new/value+2";

	private static final SecretsManagerServer server = SecretsManagerServer.start();

	private static ConfigurableApplicationContext context;

	private static List<SecretConsumer> before;

	private static List<SecretConsumer> after;

	private static final Map<String, String> used = new TreeMap<>();

	private static String warning;

	@BeforeAll
	static void runAndRotate(CapturedOutput output) {
		server.create("partner", Map.of("partner.key", OLD));
		context = TestApplication.run(server, ManyHolders.class, "--secrets.sources=partner");
		HolderWatch watch = context.getBean(HolderWatch.class);
		watch.search();
		before = watch.list();
		server.rotate("partner", Map.of("partner.key", NEW));
		context.getBean(Secrets.class).refresh();
		watch.searchFormer();
		after = watch.list();
		context.getBeansOfType(User.class).forEach((name, user) -> used.put(name, user.used()));
		warning = output.toString();
	}

	@AfterAll
	static void close() {
		context.close();
		server.close();
	}

	@Test
	void whenSecretHasRotatedThenExactlyThoseThatUseTheOldValueAreOutdated() {
		assertThat(beans(after, SecretConsumer::outdated)).isEqualTo(beansThatUse(OLD)).hasSizeGreaterThanOrEqualTo(19);
	}

	@Test
	void whenSecretHasNotRotatedYetThenExactlyThoseAreFrozenThatARotationWillNotReach() {
		// What the application's own listeners do is seen when they have done it
		Set<String> expected = beansThatUse(OLD);
		expected.add("listening");
		assertThat(beans(before, (consumer) -> consumer.mode() == Mode.FROZEN)).isEqualTo(expected);
	}

	@Test
	void whenSecretHasNotRotatedYetThenNobodyIsOutdated() {
		assertThat(before).noneMatch(SecretConsumer::outdated);
	}

	@Test
	void whenConsumerIsLiveThenItsBeanUsesTheNewValueOrIsListedAsFrozen() {
		Set<String> live = beans(after, (consumer) -> consumer.mode() == Mode.LIVE);
		live.removeAll(beans(after, SecretConsumer::outdated));
		assertThat(beansThatUse(NEW)).containsAll(live);
	}

	@Test
	void whenPlaceIsListedThenItIsListedOnce() {
		assertThat(before.stream().map((consumer) -> consumer.bean() + "#" + consumer.member()))
			.doesNotHaveDuplicates();
		assertThat(after.stream().map((consumer) -> consumer.bean() + "#" + consumer.member())).doesNotHaveDuplicates();
	}

	@Test
	void whenConsumersAreOutdatedThenOneWarningNamesThemAndTheSecret() {
		assertThat(warning.lines().filter((line) -> line.contains("A rotated secret does not reach"))).hasSize(1);
		assertThat(warning).contains("'held' of bean 'copyOfBound' (partner)", "Rotating");
	}

	@Test
	void whenSomethingIsSaidThenNoValueIsInIt() {
		assertThat(warning + before + after).doesNotContain(OLD).doesNotContain(NEW);
	}

	private static Set<String> beansThatUse(String value) {
		return used.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().equals(value))
			.map(Map.Entry::getKey)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Set<String> beans(List<SecretConsumer> consumers, Predicate<SecretConsumer> included) {
		return consumers.stream()
			.filter(included)
			.map((consumer) -> consumer.bean().replaceFirst("^&", ""))
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
