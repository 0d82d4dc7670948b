package io.github.secretsboot.test;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Tells from a signature whose call it is, and for which region. Signatures are read, not
 * checked.
 */
final class Callers {

	private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^/,\\s]+)/[^/,\\s]+/([^/,\\s]+)/");

	private final Partition partition;

	private final String account;

	private final String region;

	private final boolean everyRegion;

	Callers(Partition partition, String account, String region, boolean everyRegion) {
		this.partition = partition;
		this.account = account;
		this.region = region;
		this.everyRegion = everyRegion;
	}

	/**
	 * What a signature says.
	 *
	 * @param accessKeyId the access key id, if it can be told
	 * @param region the region, if it can be told
	 */
	record Signature(@Nullable String accessKeyId, @Nullable String region) {

		static Signature parse(String authorization) {
			Matcher credential = CREDENTIAL.matcher(authorization);
			return credential.find() ? new Signature(credential.group(1), credential.group(2))
					: new Signature(null, null);
		}

	}

	/**
	 * Return the secrets of the caller.
	 */
	SecretStore store(Signature signature) {
		String region = (this.everyRegion && signature.region() != null) ? signature.region() : this.region;
		return this.partition.store(this.account, region);
	}

}
