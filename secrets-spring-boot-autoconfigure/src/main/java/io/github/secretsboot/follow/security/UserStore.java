package io.github.secretsboot.follow.security;

/**
 * Has one user who can log in.
 */
interface UserStore {

	/**
	 * Give the user another password, and maybe another name. The old ones no longer log
	 * in.
	 * @param before the name of the user
	 * @param after the name from now on
	 * @param password the encoded password
	 */
	void replace(String before, String after, String password);

}
