package io.github.secretsboot.redact;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.util.unit.DataSize;

/**
 * Members of every shape that secrets are injected into and do not fit.
 */
@Configuration(proxyBeanMethods = false)
@Import({ InjectShapes.IntegerField.class, InjectShapes.ShortField.class, InjectShapes.ListField.class,
		InjectShapes.ArrayField.class, InjectShapes.BytesField.class, InjectShapes.SetField.class,
		InjectShapes.DurationField.class, InjectShapes.DataSizeField.class, InjectShapes.UriField.class,
		InjectShapes.EnumField.class, InjectShapes.PatternField.class, InjectShapes.OwnField.class,
		InjectShapes.OptionalField.class, InjectShapes.MetaField.class, InjectShapes.ThroughFile.class,
		InjectShapes.ShortThroughFile.class, InjectShapes.PartOfList.class, InjectShapes.Setter.class,
		InjectShapes.Method.class, InjectShapes.ValueMethod.class, InjectShapes.Constructor.class,
		InjectShapes.RecordConstructor.class, InjectShapes.Splitting.class, InjectShapes.ReadingEnvironment.class,
		InjectShapes.ReadingResolver.class, InjectShapes.ReadingBean.class, InjectShapes.CuttingEnvironment.class,
		InjectShapes.Entries.class })
class InjectShapes {

	static final Map<String, Object> SECRET = Map.of("key.text", "canary-t1(canary t2", "key.list",
			"canary-l1,canary-l2", "key.short", "\u00a4\u00a7");

	static final Map<String, Object> FILE = Map.of("file.list", "1,${key.list}", "file.short", "${key.short}");

	/** What must not be seen of the above. */
	static final List<String> PARTS = List.of("canary", "\u00a4\u00a7");

	static class IntegerField {

		@Value("${key.text}")
		int value;

	}

	static class ShortField {

		@Value("${key.short}")
		long value;

	}

	static class ListField {

		@Value("${key.list}")
		List<Integer> value;

	}

	static class ArrayField {

		@Value("1,${key.list}")
		int[] value;

	}

	static class BytesField {

		@Value("${key.list}")
		Byte[] value;

	}

	static class SetField {

		@Value("${no.such:${key.list}}")
		Set<Duration> value;

	}

	static class DurationField {

		@Value("${key.text}")
		Duration value;

	}

	static class DataSizeField {

		@Value("${key.text}")
		DataSize value;

	}

	static class UriField {

		@Value("${key.text}")
		URI value;

	}

	static class EnumField {

		@Value("${key.text}")
		TimeUnit value;

	}

	static class PatternField {

		@Value("${key.text}")
		Pattern value;

	}

	static class OwnField {

		@Value("${key.list}")
		BindShapes.Own value;

	}

	static class OptionalField {

		@Value("${key.list}")
		Optional<int[]> value;

	}

	@Retention(RetentionPolicy.RUNTIME)
	@Value("${key.list}")
	@interface Keys {

	}

	static class MetaField {

		@Keys
		int[] value;

	}

	static class ThroughFile {

		@Value("${file.list}")
		int[] value;

	}

	static class ShortThroughFile {

		@Value("${file.short}")
		int value;

	}

	static class PartOfList {

		@Value("${file.list},x")
		List<Long> value;

	}

	static class Setter {

		@Autowired
		void setValue(@Value("${key.list}") int[] value) {
		}

	}

	static class Method {

		@Autowired
		void inject(@Value("1") int other, @Value("${key.short}") int value) {
		}

	}

	static class ValueMethod {

		@Value("${key.list}")
		void setValue(int[] value) {
		}

	}

	static class Constructor {

		Constructor(@Value("${key.list}") int[] value) {
		}

	}

	record RecordConstructor(@Value("${key.short}") int value) {
	}

	static class Splitting {

		@Value("#{'${key.list}'.split(',')}")
		int[] value;

	}

	static class ReadingEnvironment {

		@Value("#{environment['key.list'].split(',')}")
		int[] value;

	}

	static class ReadingResolver {

		@Value("#{environment.getProperty('file.list').split(',')[1]}")
		int value;

	}

	static class ReadingBean {

		@Value("#{texts.get(0).substring(3)}")
		int value;

	}

	static class CuttingEnvironment {

		@Value("#{environment['key.text'].substring(0, 8)}")
		Duration value;

	}

	static class Entries {

		@Value("#{{first: environment['key.list'].substring(0, 8)}}")
		Map<String, Integer> value;

	}

	@Bean
	static List<String> texts(@Value("${key.list}") String text) {
		return List.of(text);
	}

	@Bean
	Object parameter(@Value("${key.list}") int[] value) {
		return value;
	}

}
