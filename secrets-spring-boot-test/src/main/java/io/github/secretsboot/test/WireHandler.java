package io.github.secretsboot.test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.secretsboot.test.Callers.Signature;
import io.github.secretsboot.test.FaultScript.Plan;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * AWS's JSON 1.1 protocol: reads requests, records them, lets faults do their work and
 * writes responses. Each request has a thread of its own, which may wait.
 */
final class WireHandler implements HttpHandler {

	private static final String CONTENT_TYPE = "application/x-amz-json-1.1";

	private static final String TARGET_PREFIX = "secretsmanager.";

	private static final byte[] HTML = "<html><body>Welcome to the proxy</body></html>"
		.getBytes(StandardCharsets.UTF_8);

	private final Partition partition;

	private final Callers callers;

	private final FaultScript faults;

	private final CallLog calls;

	private final Dispatcher dispatcher;

	WireHandler(Partition partition, Callers callers, FaultScript faults, CallLog calls) {
		this.partition = partition;
		this.callers = callers;
		this.dispatcher = new Dispatcher(partition);
		this.faults = faults;
		this.calls = calls;
	}

	@Override
	public void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			byte[] body = exchange.getRequestBody().readAllBytes();
			Response response;
			try {
				response = answer(exchange, body);
			}
			catch (AwsError ex) {
				response = errorResponse(ex);
			}
			catch (RuntimeException ex) {
				// Whatever it says could quote the request
				response = errorResponse(AwsError.internal());
			}
			if (response != null) {
				write(exchange, response);
			}
		}
	}

	private @Nullable Response answer(HttpExchange exchange, byte[] body) {
		String authorization = exchange.getRequestHeaders().getFirst("Authorization");
		if (authorization == null) {
			throw new AwsError(400, "MissingAuthenticationTokenException", "Missing Authentication Token");
		}
		Operation operation = operation(exchange);
		RequestBody request = RequestBody.parse(body);
		Signature signature = Signature.parse(authorization);
		Principal caller = this.callers.principal(signature);
		SecretStore home = this.callers.home(caller, signature);
		RecordedRequest recorded = new RecordedRequest(operation, request.secretIds(operation),
				exchange.getRequestHeaders().getFirst("User-Agent"), signature.accessKeyId(), signature.region(),
				home.now());
		this.calls.add(recorded);
		Call call = new Call(operation, request, this.faults.plan(recorded), caller, home, this.partition);
		await(call.plan(), call.plan().delay());
		Fault fault = call.plan().fault();
		if (fault == null) {
			return success(call);
		}
		if (!(fault.effect() instanceof Effect.Break how)) {
			throw FaultErrors.of(fault, caller, faultyOperation(fault, operation), faultyId(fault, recorded));
		}
		return broken(how, call);
	}

	private static Operation operation(HttpExchange exchange) {
		String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
		if (target == null || !target.startsWith(TARGET_PREFIX) || !exchange.getRequestMethod().equals("POST")) {
			throw AwsError.unknownOperation("Send a POST with the header X-Amz-Target: secretsmanager.<operation>.");
		}
		String name = target.substring(TARGET_PREFIX.length());
		return AwsError.require(Operation.ofWireName(name),
				() -> AwsError.unknownOperation(
						"%s is not an operation of this stand-in for AWS Secrets Manager. AWS ".formatted(name)
								+ "may know it."));
	}

	private @Nullable Response broken(Effect.Break how, Call call) {
		if (how == Effect.Break.HANG) {
			await(call.plan(), null);
			return null;
		}
		if (how == Effect.Break.DROP) {
			return null;
		}
		if (how == Effect.Break.NOT_JSON) {
			return new Response(200, CONTENT_TYPE, HTML, HTML.length);
		}
		Response response = success(call);
		return switch (how) {
			case TRUNCATE -> new Response(response.status(), CONTENT_TYPE, response.body(), response.body().length / 2);
			default -> new Response(response.status(), "text/html", response.body(), response.length());
		};
	}

	/**
	 * Wait for a time, or without limit, or until the plan is released.
	 */
	private static void await(Plan plan, @Nullable Duration duration) {
		try {
			if (duration == null) {
				plan.released().await();
			}
			else if (!duration.isZero()) {
				plan.released().await(duration.toNanos(), TimeUnit.NANOSECONDS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * What fails a whole batch because of one secret is the read of that secret.
	 */
	private static Operation faultyOperation(Fault fault, Operation operation) {
		return (fault.isWholeBatch() && operation == Operation.BATCH_GET_SECRET_VALUE) ? Operation.GET_SECRET_VALUE
				: operation;
	}

	private static @Nullable String faultyId(Fault fault, RecordedRequest request) {
		return request.secretIds().stream().filter(fault::matches).findFirst().orElse(null);
	}

	private Response success(Call call) {
		ObjectNode answer = this.dispatcher.answer(call);
		return (answer != null) ? response(200, answer) : new Response(200, CONTENT_TYPE, new byte[0], 0);
	}

	private Response errorResponse(AwsError error) {
		return response(error.status(),
				ResponseBodies.empty().put("__type", error.code()).put("Message", error.text()));
	}

	private Response response(int status, ObjectNode json) {
		byte[] body = Json.MAPPER.writeValueAsBytes(json);
		return new Response(status, CONTENT_TYPE, body, body.length);
	}

	private static void write(HttpExchange exchange, Response response) throws IOException {
		exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
		exchange.getResponseHeaders().set("Content-Type", response.contentType());
		// To this server, 0 is a body of unknown length, and -1 none
		exchange.sendResponseHeaders(response.status(), (response.body().length > 0) ? response.body().length : -1);
		if (response.length() > 0) {
			exchange.getResponseBody().write(response.body(), 0, response.length());
		}
	}

	/**
	 * A response.
	 *
	 * @param status the HTTP status
	 * @param contentType the content type
	 * @param body the body
	 * @param length how much of the body is sent
	 */
	private record Response(int status, String contentType, byte[] body, int length) {

	}

}
