package io.github.secretsboot.sample;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A headless Chromium that is installed on this machine, with its driver. Nothing is
 * downloaded.
 */
final class Browser implements AutoCloseable {

	private static final List<String> CHROMIUM = List.of("chromium", "chromium-browser", "google-chrome",
			"google-chrome-stable");

	private static final Path SCREENSHOTS = Path.of("target", "screenshots");

	private final ChromeDriver driver;

	private Browser(File chromium, File chromeDriver) {
		LoggingPreferences logging = new LoggingPreferences();
		logging.enable(LogType.BROWSER, Level.ALL);
		ChromeOptions options = new ChromeOptions();
		options.setBinary(chromium);
		options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
				"--hide-scrollbars", "--no-proxy-server");
		options.setCapability("goog:loggingPrefs", logging);
		this.driver = new ChromeDriver(
				new ChromeDriverService.Builder().usingDriverExecutable(chromeDriver).usingAnyFreePort().build(),
				options);
		this.driver.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(20));
	}

	/**
	 * Whether there is a browser.
	 * @return whether {@link #start()} can be called
	 */
	static boolean isInstalled() {
		return chromium().isPresent() && chromeDriver().isPresent();
	}

	static Browser start() {
		return new Browser(chromium().orElseThrow(), chromeDriver().orElseThrow());
	}

	private static Optional<File> chromium() {
		return CHROMIUM.stream().flatMap((name) -> executables(name).stream()).findFirst();
	}

	private static Optional<File> chromeDriver() {
		return executables("chromedriver").stream().findFirst();
	}

	private static List<File> executables(String name) {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.map((directory) -> new File(directory, name))
			.filter(File::canExecute)
			.toList();
	}

	void open(String url) {
		consoleErrors();
		this.driver.get(url);
	}

	void size(int width, int height, double scale) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", scale, "mobile", width < 600));
	}

	/**
	 * Pretend that the user asked for something in the settings of the system.
	 * @param preferences preferences by media feature, such as
	 * {@code prefers-color-scheme}
	 */
	void prefer(Map<String, String> preferences) {
		List<Map<String, String>> features = preferences.entrySet()
			.stream()
			.map((preference) -> Map.of("name", preference.getKey(), "value", preference.getValue()))
			.toList();
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", features));
	}

	WebElement find(String selector) {
		return this.driver.findElement(By.cssSelector(selector));
	}

	List<WebElement> findAll(String selector) {
		return this.driver.findElements(By.cssSelector(selector));
	}

	String text(String selector) {
		return String.valueOf(evaluate("return document.querySelector(arguments[0])?.textContent", selector));
	}

	int number(String selector) {
		String text = text(selector).replace(",", "");
		return text.matches("\\d+") ? Integer.parseInt(text) : -1;
	}

	Object evaluate(String script, Object... arguments) {
		return this.driver.executeScript(script, arguments);
	}

	Object evaluateLater(String script, Object... arguments) {
		return this.driver.executeAsyncScript(script, arguments);
	}

	void press(CharSequence... keys) {
		new Actions(this.driver).sendKeys(keys).perform();
	}

	void tab() {
		press(Keys.TAB);
	}

	/**
	 * Return what has the focus.
	 * @return its id, or its text where it has none
	 */
	String focused() {
		return String.valueOf(evaluate("const e = document.activeElement; return e.id || e.textContent.trim()"));
	}

	/**
	 * Return what the page complained about since it was last asked.
	 * @return warnings and errors of the console, failed requests included
	 */
	List<String> consoleErrors() {
		return this.driver.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.filter((entry) -> entry.getLevel().intValue() >= Level.WARNING.intValue())
			.map(LogEntry::toString)
			.collect(Collectors.toList());
	}

	/**
	 * Take a picture of the whole page.
	 * @param name the name of the file, without its ending
	 */
	void screenshot(String name) {
		Number height = (Number) evaluate("return Math.ceil(document.documentElement.scrollHeight)");
		Number width = (Number) evaluate("return document.documentElement.clientWidth");
		Map<String, Object> clip = Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1);
		Map<String, Object> answer = this.driver.executeCdpCommand("Page.captureScreenshot",
				Map.of("format", "png", "captureBeyondViewport", true, "clip", clip));
		try {
			Files.createDirectories(SCREENSHOTS);
			Files.write(SCREENSHOTS.resolve(name + ".png"),
					Base64.getDecoder().decode(String.valueOf(answer.get("data"))));
		}
		catch (IOException ex) {
			throw new IllegalStateException("Cannot write a screenshot", ex);
		}
	}

	@Override
	public void close() {
		this.driver.quit();
	}

}
