package io.github.secretsboot.fetch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * As much of STS as assuming a role needs.
 */
class StsStub implements AutoCloseable {

	static final String ACCESS_KEY = "fake-assumed-key";

	private static final String ASSUMED = """
			<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
			<AccessKeyId>%s</AccessKeyId><SecretAccessKey>fake</SecretAccessKey><SessionToken>fake</SessionToken>
			<Expiration>%s</Expiration></Credentials><AssumedRoleUser><AssumedRoleId>id</AssumedRoleId>
			<Arn>arn:aws:sts::123456789012:assumed-role/reader/session</Arn></AssumedRoleUser>
			</AssumeRoleResult></AssumeRoleResponse>""";

	private static final String DENIED = """
			<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
			<Code>AccessDenied</Code><Message>User: arn:aws:iam::111122223333:user/app is not authorized to perform: \
			sts:AssumeRole on resource: arn:aws:iam::123456789012:role/reader</Message></Error></ErrorResponse>""";

	private final HttpServer server;

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private volatile boolean denied;

	StsStub() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			this.requests.add(URLDecoder.decode(body, StandardCharsets.UTF_8) + " "
					+ exchange.getRequestHeaders().getFirst("Authorization"));
			byte[] answer = (this.denied ? DENIED : ASSUMED.formatted(ACCESS_KEY, Instant.now().plusSeconds(3600)))
				.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "text/xml");
			exchange.sendResponseHeaders(this.denied ? 403 : 200, answer.length);
			exchange.getResponseBody().write(answer);
		}
	}

	void deny() {
		this.denied = true;
	}

	String endpoint() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	List<String> requests() {
		return this.requests;
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
