package io.github.secretsboot.sample;

/**
 * What can go wrong with Secrets Manager.
 */
enum Disturbance {

	/**
	 * AWS answers each call that there were too many.
	 */
	THROTTLING,

	/**
	 * AWS does not answer.
	 */
	REGION_DOWN,

	/**
	 * The secret's current version is no valid JSON.
	 */
	BROKEN_JSON

}
