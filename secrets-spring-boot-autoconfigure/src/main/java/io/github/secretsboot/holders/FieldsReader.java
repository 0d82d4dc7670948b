package io.github.secretsboot.holders;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads the fields that one class declares: of each object, and, with the first object,
 * the static ones. These initialize nothing, since there is an object of the class.
 */
final class FieldsReader implements ObjectReader {

	private final List<NamedField> ofObjects = new ArrayList<>();

	private final List<NamedField> ofClass = new ArrayList<>();

	private boolean hasReadClass;

	private FieldsReader(Class<?> type, PassedOver passedOver) {
		for (Field field : type.getDeclaredFields()) {
			if (!passedOver.coversAllIn(field.getType()) && field.trySetAccessible()) {
				(Modifier.isStatic(field.getModifiers()) ? this.ofClass : this.ofObjects).add(NamedField.of(field));
			}
		}
	}

	/**
	 * The reader for the fields of a class, without those of its superclasses.
	 */
	static ObjectReader of(Class<?> type, PassedOver passedOver) {
		try {
			FieldsReader reader = new FieldsReader(type, passedOver);
			return (reader.ofObjects.isEmpty() && reader.ofClass.isEmpty()) ? NOTHING : reader;
		}
		catch (LinkageError | RuntimeException ex) {
			// The class of a field is absent
			return ObjectReader.unopened(type);
		}
	}

	@Override
	public void read(Object object, Contents contents) {
		read(this.ofObjects, object, contents);
		if (!this.hasReadClass) {
			read(this.ofClass, object, contents);
			this.hasReadClass = true;
		}
	}

	private static void read(List<NamedField> fields, Object object, Contents contents) {
		for (NamedField field : fields) {
			contents.add(field.step(), field.valueIn(object));
		}
	}

	private record NamedField(Field field, Step step) {

		static NamedField of(Field field) {
			return new NamedField(field, Wrappers.areOpenedBy(field) ? Step.NONE : new Step.Member(field.getName()));
		}

		@Nullable Object valueIn(Object object) {
			try {
				return this.field.get(object);
			}
			catch (IllegalAccessException ex) {
				throw new IllegalStateException("Field has become inaccessible", ex);
			}
		}

	}

}
