package io.github.secretsboot.holders;

import java.util.List;

/**
 * Reads what the objects of a class hold, and runs no code but the JDK's for it. An
 * object may change meanwhile: then the reader throws whatever the JDK throws.
 */
interface ObjectReader {

	/** For objects that hold nothing, or nothing that anybody uses as a credential. */
	ObjectReader NOTHING = (object, contents) -> {
	};

	/**
	 * Read an object.
	 * @param object the object
	 * @param contents takes what it holds
	 */
	void read(Object object, Contents contents);

	/**
	 * For objects that hold something nobody can read.
	 */
	static ObjectReader unopened(Class<?> type) {
		return (object, contents) -> contents.addUnopened(type);
	}

	/**
	 * For objects that several readers read a part of.
	 */
	static ObjectReader all(List<ObjectReader> readers) {
		List<ObjectReader> parts = readers.stream().filter((reader) -> reader != NOTHING).toList();
		return switch (parts.size()) {
			case 0 -> NOTHING;
			case 1 -> parts.get(0);
			default -> (object, contents) -> parts.forEach((reader) -> reader.read(object, contents));
		};
	}

}
