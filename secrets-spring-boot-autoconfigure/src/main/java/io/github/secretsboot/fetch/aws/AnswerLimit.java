package io.github.secretsboot.fetch.aws;

import java.io.InputStream;
import java.util.Optional;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Has the SDK read answers to our calls as {@link AnswerStream}s, whichever HTTP client
 * it uses, and unpack none: nobody asked for compression, and little may unpack to
 * anything. What the application calls with the same client is its own.
 */
final class AnswerLimit implements ExecutionInterceptor {

	private static final String ENCODING = "Content-Encoding";

	@Override
	public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
		SdkHttpResponse response = context.httpResponse();
		return (CallBudget.current() != null && response.firstMatchingHeader(ENCODING).isPresent())
				? response.toBuilder().removeHeader(ENCODING).build() : response;
	}

	@Override
	public Optional<InputStream> modifyHttpResponseContent(Context.ModifyHttpResponse context,
			ExecutionAttributes attributes) {
		CallBudget budget = CallBudget.current();
		return (budget == null) ? context.responseBody() : context.responseBody()
			.map((body) -> AnswerStream.of(body, context.httpResponse().statusCode(), budget.bytes()));
	}

}
