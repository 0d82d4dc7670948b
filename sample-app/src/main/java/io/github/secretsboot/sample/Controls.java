package io.github.secretsboot.sample;

/**
 * What a reader of the page can do to the services that the sample talks to. In
 * production nobody can, so there is no such bean, and the page shows no buttons for it.
 * Local development brings one.
 */
interface Controls {

	/**
	 * Return how the controls stand.
	 * @return what becomes JSON
	 */
	Object state();

}
