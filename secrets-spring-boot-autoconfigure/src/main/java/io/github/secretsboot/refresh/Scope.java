package io.github.secretsboot.refresh;

import java.util.Set;

/**
 * What a pass is about.
 *
 * @param names the secrets to check
 * @param retryRejected whether versions that were rejected are looked at again
 * @param requested whether somebody asks for it, and may have done so too often
 */
record Scope(Set<String> names, boolean retryRejected, boolean requested) {

	boolean includes(SecretSource source) {
		return this.names.contains(source.name());
	}

	boolean covers(Scope other) {
		return this.names.containsAll(other.names) && (this.retryRejected || !other.retryRejected)
				&& (other.requested || !this.requested);
	}

}
