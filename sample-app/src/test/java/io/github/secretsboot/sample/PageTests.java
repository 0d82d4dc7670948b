package io.github.secretsboot.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.Keys;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page, in a real browser. Skipped where there is none, unless the environment
 * variable {@code CI} is set: then there must be one.
 */
@EnabledIf(value = "isBrowserThereOrRequired", disabledReason = "neither Chromium nor its driver was found")
class PageTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String STATE = "#sources .pill";

	private static final String VERSION = "#sources dd.code";

	private static Browser browser;

	private ConfigurableApplicationContext application;

	@BeforeAll
	static void startBrowser() {
		assertThat(Browser.isInstalled()).as("Chromium and its driver are installed").isTrue();
		browser = Browser.start();
	}

	static boolean isBrowserThereOrRequired() {
		return Browser.isInstalled() || System.getenv("CI") != null;
	}

	@AfterAll
	static void closeBrowser() {
		if (browser != null) {
			browser.close();
		}
	}

	@AfterEach
	void close() {
		browser.open("about:blank");
		if (this.application != null) {
			this.application.close();
		}
	}

	@Test
	void whenKeyRotatesThenPageFollowsAndNoChargeFails() {
		open(1280, 900, "light");
		awaitCharges(40);
		String version = browser.text(VERSION);
		browser.find("#rotate").click();
		await(() -> browser.text("#key").equals("sk_t…0002"));
		await(() -> !browser.text(VERSION).equals(version));
		awaitCharges(browser.number("#accepted") + 60);
		assertThat(browser.number("#failed")).isZero();
		assertThat(browser.text("#rotations")).isEqualTo("1");
		assertThat(browser.findAll("#chart .rotation")).hasSize(1);
		assertThat(browser.findAll("#chart .key-0")).isNotEmpty();
		assertThat(browser.findAll("#chart .key-1")).isNotEmpty();
		assertThat(browser.text("#chart-description")).contains("2 keys").contains("none failed");
		assertThat(browser.text("#announcer")).contains("The key was rotated").contains("None failed");
		assertThat(browser.consoleErrors()).isEmpty();
		takePictures();
	}

	private void takePictures() {
		browser.evaluate("document.activeElement.blur()");
		for (String scheme : List.of("light", "dark")) {
			browser.prefer(Map.of("prefers-color-scheme", scheme));
			takePicture("page-" + scheme, 1440, 900);
			takePicture("phone-" + scheme, 360, 780);
		}
	}

	private void takePicture(String name, int width, int height) {
		browser.size(width, height, 2);
		awaitRedrawn();
		browser.screenshot(name);
	}

	@Test
	void whenRegionGoesDownThenSecretIsStaleAndChargesGoOn() {
		open(1280, 900, "light");
		awaitCharges(10);
		disturb("region-down");
		await(() -> browser.text(STATE).equals("stale"));
		assertThat(browser.text("#sources .why")).contains("unreachable").contains("last good values stay in use");
		assertThat(browser.find("#rotate").getDomAttribute("aria-disabled")).isEqualTo("true");
		awaitCharges(browser.number("#accepted") + 30);
		assertThat(browser.findAll("#chart rect.trouble")).hasSize(1);
		browser.screenshot("region-down");
		disturb("region-down");
		await(() -> browser.text(STATE).equals("current"));
		await(() -> browser.find("#rotate").getDomAttribute("aria-disabled").equals("false"));
		assertThat(browser.number("#failed")).isZero();
		assertThat(browser.consoleErrors()).isEmpty();
	}

	@Test
	void whenAwsThrottlesOrJsonIsBrokenThenSecretIsStaleAndChargesGoOn() {
		open(1280, 900, "dark");
		for (Map.Entry<String, String> disturbance : Map.of("throttling", "throttled", "broken-json", "malformed")
			.entrySet()) {
			disturb(disturbance.getKey());
			await(() -> browser.text(STATE).equals("stale"));
			await(() -> browser.text("#sources .why").contains(disturbance.getValue()));
			browser.find("#refresh").click();
			await(() -> browser.text("#refresh-note").equals("1 secret could not be checked."));
			awaitCharges(browser.number("#accepted") + 10);
			disturb(disturbance.getKey());
			await(() -> browser.text(STATE).equals("current"));
		}
		assertThat(browser.number("#failed")).isZero();
		assertThat(browser.consoleErrors()).isEmpty();
	}

	@Test
	void whenJsonIsBrokenThenRotationRepairsIt() {
		open(1280, 900, "light");
		awaitCharges(10);
		disturb("broken-json");
		await(() -> browser.text(STATE).equals("stale"));
		browser.find("#rotate").click();
		await(() -> browser.text("#key").equals("sk_t…0002"));
		await(() -> browser.text(STATE).equals("current"));
		awaitCharges(browser.number("#accepted") + 20);
		assertThat(browser.number("#failed")).isZero();
	}

	@Test
	void whenLoadIsPausedThenButtonStillCharges() {
		open(1280, 900, "light");
		awaitCharges(1);
		browser.find("#load").click();
		await(() -> browser.text("#load").equals("Resume the load"));
		browser.find("#charge").click();
		await(() -> browser.text("#result").startsWith("succeeded: pi_stand_in_"));
		assertThat(browser.text("#result")).endsWith("with key sk_t…0001");
		await(() -> browser.text("#rate").equals("0 a second"));
		assertThat(browser.consoleErrors()).isEmpty();
	}

	@Test
	void whenKeyboardIsUsedThenEverythingIsReachedVisiblyAndWorks() {
		open(1280, 900, "light");
		awaitCharges(1);
		Set<String> reached = new LinkedHashSet<>();
		browser.tab();
		while (!(boolean) browser.evaluate("return document.activeElement === document.body")) {
			assertThat(browser.evaluate("return getComputedStyle(document.activeElement).outlineStyle"))
				.as(browser.focused())
				.isEqualTo("solid");
			assertThat(reached.add(browser.focused())).as("the focus goes round").isTrue();
			browser.tab();
		}
		assertThat(reached).startsWith("Skip to the charges")
			.contains("rotate", "refresh", "Make AWS throttle", "Take the region down", "Break the JSON", "load",
					"charge");
		browser.evaluate("document.getElementById('rotate').focus()");
		for (int i = 0; i < 3; i++) {
			browser.press(Keys.ENTER);
			await(() -> browser.find("#rotate").getDomAttribute("aria-disabled").equals("false"));
		}
		await(() -> browser.text("#key").equals("sk_t…0004"));
		assertThat(browser.focused()).isEqualTo("rotate");
		awaitCharges(browser.number("#accepted") + 20);
		assertThat(browser.number("#failed")).isZero();
	}

	@Test
	void whenScreenIsNarrowThenNothingIsCutOff() {
		open(360, 740, "light");
		awaitCharges(20);
		browser.find("#rotate").click();
		disturb("region-down");
		await(() -> browser.text(STATE).equals("stale"));
		assertThat(browser.evaluate("return document.documentElement.scrollWidth")).isEqualTo(360L);
		assertThat((List<?>) browser.evaluate("""
				return [...document.querySelectorAll('body *:not(svg *):not(.hidden):not(.skip)')]
					.filter((e) => !e.closest('.scroll') && e.getBoundingClientRect().right > 360)
					.map((e) => e.outerHTML.slice(0, 80))
				""")).isEmpty();
		browser.screenshot("region-down-phone");
	}

	@Test
	void whenCheckedForAccessibilityThenNothingIsFound() throws Exception {
		open(1280, 900, "light");
		awaitCharges(20);
		browser.find("#rotate").click();
		await(() -> browser.text("#key").equals("sk_t…0002"));
		List<String> findings = new ArrayList<>();
		String axe = axe();
		for (String scheme : List.of("light", "dark")) {
			browser.prefer(Map.of("prefers-color-scheme", scheme, "prefers-reduced-motion", "reduce"));
			disturb("throttling");
			await(() -> browser.text(STATE).equals("stale"));
			findings.addAll(violations(axe, scheme + ", stale"));
			disturb("throttling");
			await(() -> browser.text(STATE).equals("current"));
			findings.addAll(violations(axe, scheme + ", current"));
		}
		browser.size(360, 740, 1);
		browser.find("details summary").click();
		findings.addAll(violations(axe, "dark, on a phone, with the table"));
		assertThat(findings).isEmpty();
	}

	private static List<String> violations(String axe, String where) {
		browser.evaluate(axe);
		return ((List<?>) browser.evaluateLater(
				"""
						const done = arguments[arguments.length - 1];
						axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }).then((results) =>
							done(results.violations.flatMap((violation) => violation.nodes.map((node) =>
								`${violation.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`))), (error) => done([String(error)]));
						"""))
			.stream()
			.map((finding) -> where + ": " + finding)
			.toList();
	}

	private static String axe() throws IOException {
		Resource[] found = new PathMatchingResourcePatternResolver()
			.getResources("classpath*:META-INF/resources/webjars/axe-core/*/axe.min.js");
		return found[0].getContentAsString(StandardCharsets.UTF_8);
	}

	@Test
	void whenReducedMotionIsPreferredThenNothingMoves() {
		open(1280, 900, "light");
		browser.prefer(Map.of("prefers-reduced-motion", "reduce"));
		awaitCharges(browser.number("#accepted") + 20);
		assertThat(browser.evaluate("return document.getAnimations().length")).isEqualTo(0L);
	}

	@Test
	void whenApplicationRestartsThenPageComesBack() {
		open(1280, 900, "light");
		awaitCharges(1);
		String port = port();
		long start = System.nanoTime();
		this.application.close();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
		await(() -> browser.text("#connection").equals("Reconnecting"));
		this.application = run("--server.port=" + port);
		await(() -> browser.text("#connection").equals("Live"));
		awaitCharges(1);
	}

	@Test
	void whenThereAreNoStandInsThenThereAreNoButtonsForThem() {
		try (LocalServices services = LocalServices.start(Clock.systemUTC())) {
			this.application = new SpringApplication(SampleApplication.class)
				.run(services.arguments("--server.port=0", "--secrets.refresh.interval=1h"));
			browser.open("http://localhost:" + port());
			await(() -> browser.text("#connection").equals("Live"));
			assertThat(browser.find("#rotate").isDisplayed()).isFalse();
			assertThat(browser.find("#load").isDisplayed()).isFalse();
			assertThat(browser.findAll("[data-disturbance]")).hasSize(3).noneMatch((control) -> control.isDisplayed());
			services.rotateKey();
			browser.find("#refresh").click();
			await(() -> browser.text("#refresh-note").equals("1 secret changed."));
			browser.find("#charge").click();
			await(() -> browser.text("#result").endsWith("with key sk_t…0002"));
			assertThat(browser.consoleErrors()).isEmpty();
			browser.screenshot("without-stand-ins");
			browser.open("about:blank");
			this.application.close();
		}
	}

	private void open(int width, int height, String colorScheme) {
		this.application = run("--server.port=0");
		browser.size(width, height, 1);
		browser.prefer(Map.of("prefers-color-scheme", colorScheme, "prefers-reduced-motion", "no-preference"));
		browser.open("http://localhost:" + port());
		await(() -> browser.text("#connection").equals("Live"));
	}

	private static ConfigurableApplicationContext run(String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.addAll(List.of("--sample.secrets-manager.port=0", "--secrets.refresh.interval=2s"));
		return TestSampleApplication.run(all.toArray(String[]::new));
	}

	private String port() {
		return this.application.getEnvironment().getProperty("local.server.port");
	}

	private static void disturb(String name) {
		browser.find("[data-disturbance='%s'] button".formatted(name)).click();
	}

	private static void awaitCharges(int count) {
		await(() -> browser.number("#accepted") >= count);
	}

	private static void awaitRedrawn() {
		int before = browser.number("#accepted");
		await(() -> browser.number("#accepted") > before);
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(condition);
	}

}
