package io.github.secretsboot.redact;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Size;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.Validated;

/**
 * {@code @ConfigurationProperties} of every shape, each of which has a {@code value} that
 * does not fit.
 */
@EnableConfigurationProperties({ BindShapes.IntegerBean.class, BindShapes.DurationBean.class,
		BindShapes.DataSizeBean.class, BindShapes.UriBean.class, BindShapes.EnumBean.class,
		BindShapes.PatternBean.class, BindShapes.CharsetBean.class, BindShapes.ClassBean.class,
		BindShapes.DateBean.class, BindShapes.IdBean.class, BindShapes.OwnBean.class, BindShapes.BytesBean.class,
		BindShapes.IntegersBean.class, BindShapes.IntegerListBean.class, BindShapes.DurationSetBean.class,
		BindShapes.NestedBean.class, BindShapes.ThrowingBean.class, BindShapes.SizeBean.class,
		BindShapes.ElementsBean.class, BindShapes.MessageBean.class, BindShapes.NumberBean.class,
		BindShapes.ClassLevelBean.class, BindShapes.SelfValidatingBean.class, BindShapes.MapBean.class,
		BindShapes.MapSizeBean.class, BindShapes.UnknownBean.class, BindShapes.IntegerRecord.class,
		BindShapes.DurationRecord.class, BindShapes.DataSizeRecord.class, BindShapes.UriRecord.class,
		BindShapes.EnumRecord.class, BindShapes.PatternRecord.class, BindShapes.CharsetRecord.class,
		BindShapes.ClassRecord.class, BindShapes.DateRecord.class, BindShapes.IdRecord.class,
		BindShapes.OwnRecord.class, BindShapes.BytesRecord.class, BindShapes.IntegersRecord.class,
		BindShapes.IntegerListRecord.class, BindShapes.DurationSetRecord.class, BindShapes.NestedRecord.class,
		BindShapes.ThrowingRecord.class, BindShapes.SizeRecord.class, BindShapes.ElementsRecord.class,
		BindShapes.MessageRecord.class, BindShapes.NumberRecord.class, BindShapes.ClassLevelRecord.class,
		BindShapes.MapRecord.class, BindShapes.MapSizeRecord.class, BindShapes.UnknownRecord.class })
class BindShapes {

	/**
	 * What a shape is given: text with parts that must not be seen, and that no other
	 * shape is given.
	 */
	static Object contents(String prefix, int number) {
		return switch (prefix) {
			case "list", "elements" -> "canary-%da,canary-%<db".formatted(number);
			case "pattern" -> "canary-%da(canary-%<db".formatted(number);
			case "uri" -> "canary-%da canary-%<db".formatted(number);
			case "number" -> 9_173_548_206_000L + number;
			case "map" -> Map.of("first", "canary-%da".formatted(number), "second", "canary-%db".formatted(number));
			default -> "canary-%da".formatted(number);
		};
	}

	abstract static class Holder<T> {

		private T value;

		public T getValue() {
			return this.value;
		}

		public void setValue(T value) {
			this.value = value;
		}

	}

	@ConfigurationProperties("text.integer")
	static class IntegerBean extends Holder<Integer> {

	}

	@ConfigurationProperties("text.integer")
	record IntegerRecord(int value) {
	}

	@ConfigurationProperties("text.duration")
	static class DurationBean extends Holder<Duration> {

	}

	@ConfigurationProperties("text.duration")
	record DurationRecord(Duration value) {
	}

	@ConfigurationProperties("text.size")
	static class DataSizeBean extends Holder<DataSize> {

	}

	@ConfigurationProperties("text.size")
	record DataSizeRecord(DataSize value) {
	}

	@ConfigurationProperties("uri.uri")
	static class UriBean extends Holder<URI> {

	}

	@ConfigurationProperties("uri.uri")
	record UriRecord(URI value) {
	}

	@ConfigurationProperties("text.enumeration")
	static class EnumBean extends Holder<TimeUnit> {

	}

	@ConfigurationProperties("text.enumeration")
	record EnumRecord(TimeUnit value) {
	}

	@ConfigurationProperties("pattern.pattern")
	static class PatternBean extends Holder<Pattern> {

	}

	@ConfigurationProperties("pattern.pattern")
	record PatternRecord(Pattern value) {
	}

	@ConfigurationProperties("text.charset")
	static class CharsetBean extends Holder<Charset> {

	}

	@ConfigurationProperties("text.charset")
	record CharsetRecord(Charset value) {
	}

	@ConfigurationProperties("text.type")
	static class ClassBean extends Holder<Class<?>> {

	}

	@ConfigurationProperties("text.type")
	record ClassRecord(Class<?> value) {
	}

	@ConfigurationProperties("text.date")
	static class DateBean extends Holder<LocalDate> {

	}

	@ConfigurationProperties("text.date")
	record DateRecord(LocalDate value) {
	}

	@ConfigurationProperties("text.id")
	static class IdBean extends Holder<UUID> {

	}

	@ConfigurationProperties("text.id")
	record IdRecord(UUID value) {
	}

	/** A type with a conversion of its own, which quotes a part. */
	static final class Own {

		public static Own valueOf(String text) {
			throw new IllegalArgumentException("Bad beginning " + text.substring(0, 9));
		}

	}

	@ConfigurationProperties("text.own")
	static class OwnBean extends Holder<Own> {

	}

	@ConfigurationProperties("text.own")
	record OwnRecord(Own value) {
	}

	@ConfigurationProperties("list.bytes")
	static class BytesBean extends Holder<byte[]> {

	}

	@ConfigurationProperties("list.bytes")
	record BytesRecord(byte[] value) {
	}

	@ConfigurationProperties("list.integers")
	static class IntegersBean extends Holder<int[]> {

	}

	@ConfigurationProperties("list.integers")
	record IntegersRecord(int[] value) {
	}

	@ConfigurationProperties("list.numbers")
	static class IntegerListBean extends Holder<List<Integer>> {

	}

	@ConfigurationProperties("list.numbers")
	record IntegerListRecord(List<Integer> value) {
	}

	@ConfigurationProperties("list.durations")
	static class DurationSetBean extends Holder<Set<Duration>> {

	}

	@ConfigurationProperties("list.durations")
	record DurationSetRecord(Set<Duration> value) {
	}

	@ConfigurationProperties("map.map")
	static class MapBean extends Holder<Map<String, Integer>> {

	}

	@ConfigurationProperties("map.map")
	record MapRecord(Map<String, Integer> value) {
	}

	static class Inner {

		private int second;

		public int getSecond() {
			return this.second;
		}

		public void setSecond(int second) {
			this.second = second;
		}

	}

	@ConfigurationProperties("map.nested")
	static class NestedBean extends Holder<Inner> {

	}

	@ConfigurationProperties("map.nested")
	record NestedRecord(InnerRecord value) {
	}

	record InnerRecord(int second) {
	}

	@ConfigurationProperties("text.throwing")
	static class ThrowingBean extends Holder<String> {

		@Override
		public void setValue(String value) {
			throw new IllegalArgumentException("Bad beginning " + value.substring(0, 9));
		}

	}

	@ConfigurationProperties("text.throwing")
	record ThrowingRecord(String value) {

		ThrowingRecord {
			throw new IllegalArgumentException("Bad beginning " + value.substring(0, 9));
		}

	}

	@Validated
	@ConfigurationProperties("list.sized")
	static class SizeBean extends Holder<List<String>> {

		@Override
		@Size(min = 5)
		public List<String> getValue() {
			return super.getValue();
		}

	}

	@Validated
	@ConfigurationProperties("list.sized")
	record SizeRecord(@Size(min = 5) List<String> value) {
	}

	@Validated
	@ConfigurationProperties("elements.elements")
	static class ElementsBean extends Holder<List<@jakarta.validation.constraints.Pattern(regexp = "\\d+") String>> {

		@Override
		public List<@jakarta.validation.constraints.Pattern(regexp = "\\d+") String> getValue() {
			return super.getValue();
		}

	}

	@Validated
	@ConfigurationProperties("elements.elements")
	record ElementsRecord(List<@jakarta.validation.constraints.Pattern(regexp = "\\d+") String> value) {
	}

	@Validated
	@ConfigurationProperties("text.message")
	static class MessageBean extends Holder<String> {

		@Override
		@Size(max = 3, message = "cannot be ${validatedValue.substring(0, 9)}")
		public String getValue() {
			return super.getValue();
		}

	}

	@Validated
	@ConfigurationProperties("text.message")
	record MessageRecord(@Size(max = 3, message = "cannot be ${validatedValue.substring(0, 9)}") String value) {
	}

	@Validated
	@ConfigurationProperties("number.number")
	static class NumberBean extends Holder<Long> {

		@Override
		@Max(value = 10, message = "${validatedValue} is too large")
		public Long getValue() {
			return super.getValue();
		}

	}

	@Validated
	@ConfigurationProperties("number.number")
	record NumberRecord(@Max(value = 10, message = "${validatedValue} is too large") long value) {
	}

	@Validated
	@ConfigurationProperties("map.sized")
	static class MapSizeBean extends Holder<Map<String, @Size(max = 3) String>> {

		@Override
		@Valid
		public Map<String, @Size(max = 3) String> getValue() {
			return super.getValue();
		}

	}

	@Validated
	@ConfigurationProperties("map.sized")
	record MapSizeRecord(Map<String, @Size(max = 3) String> value) {
	}

	@Retention(RetentionPolicy.RUNTIME)
	@Target(ElementType.TYPE)
	@Constraint(validatedBy = Never.class)
	@interface Impossible {

		String message() default "cannot be ${validatedValue}";

		Class<?>[] groups() default {};

		Class<? extends Payload>[] payload() default {};

	}

	static class Never implements ConstraintValidator<Impossible, Object> {

		@Override
		public boolean isValid(Object value, ConstraintValidatorContext context) {
			return false;
		}

	}

	@Validated
	@Impossible
	@ConfigurationProperties("text.impossible")
	static class ClassLevelBean extends Holder<String> {

		@Override
		public String toString() {
			return getValue();
		}

	}

	@Validated
	@Impossible
	@ConfigurationProperties("text.impossible")
	record ClassLevelRecord(String value) {
	}

	@ConfigurationProperties("text.self")
	static class SelfValidatingBean extends Holder<String> implements Validator {

		@Override
		public boolean supports(Class<?> type) {
			return type == SelfValidatingBean.class;
		}

		@Override
		public void validate(Object target, Errors errors) {
			errors.rejectValue("value", "bad", new Object[] { getValue() },
					"bad beginning " + getValue().charAt(0) + getValue().substring(1));
			errors.reject("worse", "worse beginning " + getValue().substring(0, 9));
		}

	}

	@ConfigurationProperties(prefix = "text.unknown", ignoreUnknownFields = false)
	static class UnknownBean {

	}

	@ConfigurationProperties(prefix = "text.unknown", ignoreUnknownFields = false)
	record UnknownRecord(String other) {
	}

}
