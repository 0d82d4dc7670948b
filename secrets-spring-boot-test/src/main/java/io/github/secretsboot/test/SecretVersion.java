package io.github.secretsboot.test;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * One version of a secret.
 *
 * @param id the version id
 * @param content what it holds; {@code null} while it is only reserved for a rotation
 * @param created when it was created
 * @param read the day on which it was last read, if it was
 * @param stages the staging labels attached to it; without any it is deprecated
 */
record SecretVersion(String id, @Nullable SecretContent content, Instant created, @Nullable Instant read,
		Set<String> stages) {

	SecretVersion with(String stage) {
		Set<String> stages = new TreeSet<>(this.stages);
		stages.add(stage);
		return new SecretVersion(this.id, this.content, this.created, this.read, stages);
	}

	SecretVersion without(String stage) {
		Set<String> stages = new TreeSet<>(this.stages);
		stages.remove(stage);
		return new SecretVersion(this.id, this.content, this.created, this.read, stages);
	}

	SecretVersion with(SecretContent content) {
		return new SecretVersion(this.id, content, this.created, this.read, this.stages);
	}

	SecretVersion read(@Nullable Instant day) {
		return new SecretVersion(this.id, this.content, this.created, day, this.stages);
	}

}
