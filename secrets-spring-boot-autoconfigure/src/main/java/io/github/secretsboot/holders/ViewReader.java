package io.github.secretsboot.holders;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Finds the collection behind a view of it, such as an unmodifiable one. To iterate the
 * view would be to iterate that collection, which may be anybody's and may query a
 * database. So the JDK is asked to serialize the view to nowhere: it offers what the view
 * holds for replacement, and gets nothing in its place. The one method of others that it
 * calls for that is {@code writeReplace}, if the class of the collection has it.
 */
final class ViewReader implements ObjectReader {

	/**
	 * Those that the JDK serializes field by field; it locks those that are synchronized.
	 */
	private static final List<String> VIEWS = List.of("java.util.Collections$Checked",
			"java.util.Collections$SetFromMap", "java.util.Collections$Unmodifiable");

	/** What the JDK's immutable collections offer instead of themselves. */
	private static final String IMMUTABLE = "java.util.CollSer";

	private final ObjectReader elements;

	private ViewReader(ObjectReader elements) {
		this.elements = elements;
	}

	static boolean supports(Class<?> type) {
		return VIEWS.stream().anyMatch(type.getName()::startsWith);
	}

	static ViewReader of(Class<?> type) {
		return new ViewReader((Map.class.isAssignableFrom(type) ? JdkReader.MAP : JdkReader.COLLECTION).reader());
	}

	@Override
	public void read(Object object, Contents contents) {
		for (Object held : heldBy(object)) {
			if (held.getClass().getName().equals(IMMUTABLE)) {
				this.elements.read(object, contents);
			}
			else {
				contents.add(Step.NONE, held);
			}
		}
	}

	private static List<Object> heldBy(Object view) {
		try (Fields fields = new Fields()) {
			fields.writeObject(view);
			return fields.held;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static final class Fields extends ObjectOutputStream {

		private final List<Object> held = new ArrayList<>();

		private boolean isInside;

		Fields() throws IOException {
			super(OutputStream.nullOutputStream());
			enableReplaceObject(true);
		}

		@Override
		protected @Nullable Object replaceObject(Object object) {
			if (this.isInside) {
				this.held.add(object);
				return null;
			}
			this.isInside = true;
			return object;
		}

	}

}
