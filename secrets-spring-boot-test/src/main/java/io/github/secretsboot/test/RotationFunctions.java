package io.github.secretsboot.test;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The rotation functions that there are, by ARN. Any thread may add some.
 */
final class RotationFunctions {

	private final Map<String, RotationFunction> functions = new ConcurrentHashMap<>();

	private volatile @Nullable LambdaEndpoint endpoint;

	void add(String arn, RotationFunction function) {
		this.functions.put(arn, function);
	}

	/**
	 * Look for all other functions at an endpoint of AWS Lambda.
	 */
	void lookAt(URI endpoint) {
		this.endpoint = new LambdaEndpoint(endpoint);
	}

	RotationFunction get(String arn) {
		RotationFunction function = this.functions.get(arn);
		LambdaEndpoint endpoint = this.endpoint;
		if (function != null) {
			return function;
		}
		if (endpoint == null) {
			throw AwsError.cannotInvoke();
		}
		return (event) -> endpoint.invoke(arn, event);
	}

}
