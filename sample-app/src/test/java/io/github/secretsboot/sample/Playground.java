package io.github.secretsboot.sample;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The beans behind the page's buttons: they do to {@link SampleServices} what nobody
 * could do to AWS, and charge all the time. Added to the sample for development only, and
 * therefore found by no component scan.
 */
class Playground {

	@Bean
	ChargeLoad chargeLoad(Environment environment) {
		return new ChargeLoad(environment);
	}

	@Bean
	Controls controls(SampleServices services, ChargeLoad load) {
		return () -> new State(canRotate(services), new Load(load.isOn(), ChargeLoad.CHARGES_PER_SECOND),
				Arrays.stream(Disturbance.values())
					.filter(services.possible()::contains)
					.map((disturbance) -> new Switch(name(disturbance), services.present().contains(disturbance)))
					.toList());
	}

	/**
	 * A consumer that no rotation can reach, to show what that looks like.
	 */
	@Bean
	Assistant assistant(@Value("${openai.api-key}") String apiKey) {
		return new Assistant();
	}

	/**
	 * Takes JSON only, like charges and for the same reason.
	 */
	@Bean
	RouterFunction<ServerResponse> playgroundRoutes(SampleServices services, ChargeLoad load, EventStream stream,
			Controls controls) {
		return RouterFunctions.route()
			.nest(RequestPredicates.path("/playground").and(RequestPredicates.contentType(MediaType.APPLICATION_JSON)),
					(routes) -> routes.POST("/rotations", (request) -> rotate(services)).PUT("/load", (request) -> {
						load.turn(isOn(request));
						return ServerResponse.noContent().build();
					}).PUT("/disturbances/{name}", (request) -> {
						services.disturb(disturbance(request.pathVariable("name"), services), isOn(request));
						return ServerResponse.noContent().build();
					})
						.onError(IllegalArgumentException.class,
								(ex, request) -> problem(HttpStatus.BAD_REQUEST, "No such switch"))
						.after((request, response) -> {
							stream.soon();
							return response;
						}))
			.build();
	}

	private static ServerResponse rotate(SampleServices services) {
		if (!canRotate(services)) {
			return problem(HttpStatus.CONFLICT, "Nobody can rotate a key while AWS takes no calls");
		}
		return ServerResponse.ok().body(Map.of("versionId", services.rotateKey()));
	}

	private static boolean canRotate(SampleServices services) {
		Set<Disturbance> present = services.present();
		return !present.contains(Disturbance.REGION_DOWN) && !present.contains(Disturbance.THROTTLING);
	}

	private static boolean isOn(ServerRequest request) throws Exception {
		return request.body(Switched.class).on();
	}

	private static Disturbance disturbance(String name, SampleServices services) {
		return services.possible()
			.stream()
			.filter((disturbance) -> name(disturbance).equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No such disturbance"));
	}

	private static String name(Disturbance disturbance) {
		return disturbance.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private static ServerResponse problem(HttpStatus status, String detail) {
		return ServerResponse.status(status)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(ProblemDetail.forStatusAndDetail(status, detail));
	}

	/**
	 * How the controls stand.
	 *
	 * @param canRotate whether a key can be rotated now
	 * @param load the load
	 * @param disturbances what can be made go wrong
	 */
	record State(boolean canRotate, Load load, List<Switch> disturbances) {

	}

	/**
	 * How the load stands.
	 *
	 * @param on whether it charges
	 * @param perSecond how many charges a second
	 */
	record Load(boolean on, int perSecond) {

	}

	/**
	 * How a disturbance stands.
	 *
	 * @param name its name
	 * @param on whether it is present
	 */
	record Switch(String name, boolean on) {

	}

	/**
	 * What a client wants a switch to be.
	 *
	 * @param on whether it is to be on
	 */
	record Switched(boolean on) {

	}

	/**
	 * Keeps the key that it was created with.
	 */
	static final class Assistant {

	}

}
