package io.github.secretsboot.fetch.aws.direct;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Feeds the parser of answers whatever a coverage-guided fuzzer comes up with. As a test,
 * it repeats inputs that were found before; with {@code JAZZER_FUZZ=1} and
 * {@code -Djazzer.hooks=true} it looks for more.
 */
class WireFormatFuzzTests {

	@FuzzTest(maxDuration = "5s")
	void whenAnswerIsArbitraryThenItIsReadOrRefused(FuzzedDataProvider data) {
		fuzz(data);
	}

	static void fuzz(FuzzedDataProvider data) {
		int kind = data.consumeInt(0, 2);
		byte[] body = data.consumeRemainingAsBytes();
		try {
			switch (kind) {
				case 0 -> WireFormat.value(body);
				case 1 -> WireFormat.page(body);
				default -> WireFormat.error(body);
			}
		}
		catch (SdkClientException ex) {
			if (!ex.getMessage().startsWith("The answer is not") || ex.getCause() != null) {
				throw new IllegalStateException("says too much");
			}
		}
	}

	/**
	 * The entry of Jazzer's own command line.
	 * @param data what to feed
	 */
	public static void fuzzerTestOneInput(FuzzedDataProvider data) {
		fuzz(data);
	}

}
