package io.github.secretsboot.sample;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Everything that an application shows of itself while it runs: over HTTP, over JMX, in
 * the names of its threads.
 */
final class Exposure {

	private static final Pattern LINK = Pattern.compile("\"href\":\"(http[^\"{]+)\"");

	private static final Pattern METRIC = Pattern.compile("\"([a-z][a-z0-9.]+)\"");

	private final HttpClient client = HttpClient.newHttpClient();

	private final MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();

	private final StringBuffer text = new StringBuffer();

	private final String base;

	Exposure(String port) {
		this.base = "http://localhost:" + port;
	}

	/**
	 * What was shown so far; shown only once.
	 */
	String take() {
		String taken = this.text.toString();
		this.text.setLength(0);
		return taken;
	}

	String get(String path) throws Exception {
		return send(HttpRequest.newBuilder(uri(path)).build());
	}

	String post(String path, String json) throws Exception {
		return send(HttpRequest.newBuilder(uri(path))
			.header("Content-Type", "application/json")
			.POST(json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
			.build());
	}

	/**
	 * Read the first message of a stream that would go on for ever.
	 */
	String getFirstMessage(String path) throws Exception {
		HttpResponse<Stream<String>> response = this.client.send(HttpRequest.newBuilder(uri(path)).build(),
				BodyHandlers.ofLines());
		try (Stream<String> lines = response.body()) {
			String message = lines.filter((line) -> line.startsWith("data:")).findFirst().orElseThrow();
			this.text.append(response.headers().map()).append('\n').append(message).append('\n');
			return message;
		}
	}

	private URI uri(String path) {
		return URI.create(path.startsWith("http") ? path : this.base + path);
	}

	private String send(HttpRequest request) throws Exception {
		HttpResponse<String> response = this.client.send(request, BodyHandlers.ofString());
		this.text.append(response.headers().map()).append('\n').append(response.body()).append('\n');
		return response.body();
	}

	/**
	 * Read every endpoint of Actuator that can be read and every metric.
	 * @return how many answers there were
	 */
	int readAll() throws Exception {
		int answers = 0;
		Matcher link = LINK.matcher(get("/actuator"));
		while (link.find()) {
			if (!link.group(1).endsWith("/heapdump") && !link.group(1).endsWith("/shutdown")) {
				get(link.group(1));
				answers++;
			}
		}
		Matcher metric = METRIC.matcher(get("/actuator/metrics").replace("\"names\"", ""));
		while (metric.find()) {
			get("/actuator/metrics/" + metric.group(1));
			answers++;
		}
		for (String path : new String[] { "/", "/page.js", "/page.css", "/status", "/nothing",
				"/actuator/secrets/policy?kms=true", "/actuator/env/stripe.secret-key",
				"/actuator/env/STRIPE_SECRET_KEY", "/actuator/env/app.derived", "/actuator/configprops/leak" }) {
			get(path);
			answers++;
		}
		getFirstMessage("/events");
		answers++;
		Thread.getAllStackTraces().keySet().forEach((thread) -> this.text.append(thread).append('\n'));
		return answers;
	}

	/**
	 * Read every attribute of every MBean, and call what Actuator's only read.
	 * @return how many answers there were
	 */
	int readJmx() throws JMException {
		int answers = 0;
		for (ObjectName name : this.jmx.queryNames(null, null)) {
			for (MBeanAttributeInfo attribute : this.jmx.getMBeanInfo(name).getAttributes()) {
				answers += read(() -> this.jmx.getAttribute(name, attribute.getName()));
			}
			boolean endpoint = "Endpoint".equals(name.getKeyProperty("type"));
			for (MBeanOperationInfo operation : this.jmx.getMBeanInfo(name).getOperations()) {
				if (endpoint && !operation.getName().matches("shutdown|heapDump|refresh.*")) {
					Object[] nulls = new Object[operation.getSignature().length];
					String[] types = Arrays.stream(operation.getSignature())
						.map((parameter) -> parameter.getType())
						.toArray(String[]::new);
					answers += read(() -> this.jmx.invoke(name, operation.getName(), nulls, types));
				}
			}
		}
		return answers;
	}

	private int read(JmxRead read) {
		try {
			Object value = read.read();
			this.text.append((value instanceof Object[] array) ? Arrays.deepToString(array) : String.valueOf(value))
				.append('\n');
			return 1;
		}
		catch (JMException | RuntimeException ex) {
			this.text.append(stackTrace(ex)).append('\n');
			return 0;
		}
	}

	void add(Object shown) {
		this.text.append(shown).append('\n');
	}

	static String stackTrace(Throwable thrown) {
		StringWriter writer = new StringWriter();
		thrown.printStackTrace(new PrintWriter(writer));
		return writer + Map.of("toString", thrown.toString()).toString();
	}

	@FunctionalInterface
	private interface JmxRead {

		Object read() throws JMException;

	}

}
