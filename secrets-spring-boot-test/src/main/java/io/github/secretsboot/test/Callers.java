package io.github.secretsboot.test;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Tells from a signature whose call it is, and for which region. Signatures are read, not
 * checked. Any thread may change who is who.
 */
final class Callers {

	private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

	private final Partition partition;

	private final String account;

	private final String region;

	private final boolean everyRegion;

	private volatile Principal otherwise;

	Callers(Partition partition, String account, String region, boolean everyRegion) {
		this.partition = partition;
		this.account = account;
		this.region = region;
		this.everyRegion = everyRegion;
		this.otherwise = Principal.anybody(account);
	}

	/**
	 * What a signature says.
	 *
	 * @param accessKeyId the access key id, if it can be told
	 * @param region the region, if it can be told
	 */
	record Signature(@Nullable String accessKeyId, @Nullable String region) {

		private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^/,\\s]+)/[^/,\\s]+/([^/,\\s]+)/");

		static Signature parse(String authorization) {
			Matcher credential = CREDENTIAL.matcher(authorization);
			return credential.find() ? new Signature(credential.group(1), credential.group(2))
					: new Signature(null, null);
		}

	}

	/**
	 * Say who uses an access key, on all servers that know each other.
	 */
	void add(String accessKeyId, Caller caller) {
		this.partition.callers().put(accessKeyId, caller.in(this.account));
	}

	/**
	 * Say who uses access keys that are not known.
	 */
	void add(Caller caller) {
		this.otherwise = caller.in(this.account);
	}

	/**
	 * Return whose call it is. An access key id that is an account number is anybody of
	 * that account.
	 */
	Principal principal(Signature signature) {
		String key = signature.accessKeyId();
		if (key == null) {
			return this.otherwise;
		}
		Principal known = this.partition.callers().get(key);
		if (known != null) {
			return known;
		}
		return ACCOUNT.matcher(key).matches() ? Principal.anybody(key) : this.otherwise;
	}

	/**
	 * Return the secrets of the caller's account.
	 */
	SecretStore home(Principal caller, Signature signature) {
		String region = (this.everyRegion && signature.region() != null) ? signature.region() : this.region;
		return this.partition.store(caller.account(), region);
	}

}
