package io.github.secretsboot.holders;

/**
 * Where a search begins.
 *
 * @param bean the name of the bean
 * @param object the bean
 */
public record Root(String bean, Object object) {

	/**
	 * Returns the name only.
	 */
	@Override
	public String toString() {
		return this.bean;
	}

}
