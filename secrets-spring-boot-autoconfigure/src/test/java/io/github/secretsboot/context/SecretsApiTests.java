package io.github.secretsboot.context;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.RefreshResult;
import io.github.secretsboot.Rotating;
import io.github.secretsboot.SecretChange;
import io.github.secretsboot.SecretFailure;
import io.github.secretsboot.SecretSnapshot;
import io.github.secretsboot.Secrets;
import io.github.secretsboot.fetch.TestSecretReader;
import io.github.secretsboot.refresh.MutableClock;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.refresh.TestEngine;
import io.github.secretsboot.refresh.TestExecutor;
import io.github.secretsboot.refresh.TestSource;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SecretsApiTests {

	private static final Duration GRACE = Duration.ofSeconds(30);

	private final TestSecretReader reader = new TestSecretReader().put("myapp/prod/keys", key(1))
		.put("other", "{\"OTHER\":\"canary-1\"}");

	private final SecretsEngine engine = TestEngine.loaded(this.reader, new MutableClock(),
			TestSource.named("myapp/prod/keys").declaredAs("myapp/{env}/keys").build(), TestEngine.source("other"),
			TestEngine.optional("later"));

	private final TestExecutor executor = new TestExecutor();

	private final DefaultSecrets secrets = new DefaultSecrets(this.engine, new DelayedCloser(this.executor));

	private static String key(int number) {
		return "{\"KEY\":\"canary-" + number + "\"}";
	}

	@Test
	void whenNameIsDeclaredOrExpandedThenTheSnapshotIsTheSame() {
		SecretSnapshot snapshot = this.secrets.get("myapp/{env}/keys");
		assertThat(snapshot).isSameAs(this.secrets.get("myapp/prod/keys"));
		assertThat(snapshot.get("KEY")).isEqualTo("canary-1");
		assertThat(snapshot.version().versionId()).isEqualTo("version-1");
		assertThat(snapshot).asString().contains("myapp/prod/keys").doesNotContain("canary");
	}

	@Test
	void whenNameIsUnknownThenEveryMethodSaysSo() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.secrets.get("unknown"))
			.withMessageContaining("unknown");
		assertThatIllegalArgumentException().isThrownBy(() -> this.secrets.refresh("unknown"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.secrets.onRotation("unknown", (snapshot) -> {
		}));
		assertThatIllegalArgumentException().isThrownBy(() -> this.secrets.rotating("unknown", Client::new));
	}

	@Test
	void whenOptionalSecretIsMissingThenGetSaysSo() {
		assertThatIllegalStateException().isThrownBy(() -> this.secrets.get("later")).withMessageContaining("later");
		this.reader.put("later", key(1));
		this.secrets.refresh();
		assertThat(this.secrets.get("later").get("KEY")).isEqualTo("canary-1");
	}

	@Test
	void whenRefreshedThenOnlyWhatWasAskedForIsChecked() {
		this.reader.put("myapp/prod/keys", key(2)).put("other", "{\"OTHER\":\"canary-2\"}");
		assertThat(this.secrets.refresh("myapp/{env}/keys").changes()).extracting(SecretChange::secretName)
			.containsExactly("myapp/prod/keys");
		assertThat(this.secrets.refresh().changes()).extracting(SecretChange::secretName).containsExactly("other");
	}

	@Test
	void whenSecretRotatesThenItsListenersGetTheNewSnapshotUntilTheyUnsubscribe() {
		List<String> seen = new ArrayList<>();
		Secrets.Subscription subscription = this.secrets.onRotation("myapp/{env}/keys",
				(snapshot) -> seen.add(snapshot.get("KEY")));
		this.reader.put("other", "{\"OTHER\":\"canary-2\"}");
		this.secrets.refresh();
		assertThat(seen).isEmpty();
		rotate(2);
		assertThat(seen).containsExactly("canary-2");
		subscription.close();
		rotate(3);
		assertThat(seen).containsExactly("canary-2");
	}

	@Test
	void whenSecretRotatesThenTheObjectIsBuiltAgainAndTheOldOneClosedAfterTheGracePeriod() {
		Rotating<Client> rotating = this.secrets.rotating("myapp/prod/keys", GRACE, Client::new);
		Client first = rotating.get();
		assertThat(rotating.get()).isSameAs(first);
		rotate(2);
		assertThat(rotating.get().key).isEqualTo("canary-2");
		assertThat(first.closed).isZero();
		assertThat(this.executor.delays()).containsExactly(GRACE);
		this.executor.run();
		assertThat(first.closed).isEqualTo(1);
		assertThat(rotating.get().closed).isZero();
	}

	@Test
	void whenFactoryFailsThenTheFormerObjectStaysOpenUntilTheNextRotation() {
		Rotating<Client> rotating = this.secrets.rotating("myapp/prod/keys", GRACE, Client::new);
		Client first = rotating.get();
		this.reader.put("myapp/prod/keys", "{\"OTHER\":\"canary-2\"}");
		this.secrets.refresh();
		assertThat(rotating.get()).isSameAs(first);
		assertThat(this.executor.delays()).isEmpty();
		rotate(3);
		assertThat(rotating.get().key).isEqualTo("canary-3");
		this.executor.run();
		assertThat(first.closed).isEqualTo(1);
	}

	@Test
	void whenFactoryFailsAtFirstThenNothingIsLeftBehind() {
		assertThatIllegalStateException().isThrownBy(() -> this.secrets.rotating("other", Client::new));
		assertThatIllegalStateException().isThrownBy(() -> this.secrets.rotating("myapp/prod/keys", (secret) -> {
			throw new IllegalArgumentException("bad " + secret.get("KEY"));
		}))
			.withMessageContaining("myapp/prod/keys")
			.withStackTraceContaining("java.lang.IllegalArgumentException (its message is not shown")
			.matches((ex) -> !Throwables.getStackTrace(ex).contains("canary-"));
		this.reader.put("other", key(2));
		this.secrets.refresh();
		assertThat(this.executor.delays()).isEmpty();
	}

	@Test
	void whenFactoryReturnsTheSameObjectThenItIsNotClosed() {
		Client shared = new Client(this.secrets.get("myapp/prod/keys"));
		Rotating<Client> rotating = this.secrets.rotating("myapp/prod/keys", GRACE, (snapshot) -> shared);
		rotate(2);
		this.executor.run();
		assertThat(rotating.get().closed).isZero();
	}

	@Test
	void whenRotatingIsClosedThenItsObjectIsClosedOnceAndNotBuiltAgain() {
		Rotating<Client> rotating = this.secrets.rotating("myapp/prod/keys", GRACE, Client::new);
		Client client = rotating.get();
		rotating.close();
		rotating.close();
		rotate(2);
		assertThat(client.closed).isEqualTo(1);
		assertThat(rotating.get()).isSameAs(client);
	}

	@Test
	void whenSecretsAreClosedThenWhatWaitsIsClosedAtOnce() {
		Rotating<Client> rotating = this.secrets.rotating("myapp/prod/keys", GRACE, Client::new);
		Client first = rotating.get();
		rotate(2);
		this.secrets.close();
		assertThat(first.closed).isEqualTo(1);
		assertThat(this.executor.isShutdown()).isTrue();
	}

	@Test
	void whenObjectIsNotCloseableThenNothingIsScheduled() {
		Rotating<String> rotating = this.secrets.rotating("myapp/prod/keys", GRACE, (snapshot) -> snapshot.get("KEY"));
		rotate(2);
		assertThat(rotating.get()).isEqualTo("canary-2");
		assertThat(this.executor.delays()).isEmpty();
	}

	@Test
	void whenRefreshFailsThenSnapshotStays() {
		this.reader.fail("myapp/prod/keys", FailureReason.THROTTLED);
		RefreshResult result = this.secrets.refresh();
		assertThat(result.changes()).isEmpty();
		assertThat(result.failures()).extracting(SecretFailure::reason).containsExactly(FailureReason.THROTTLED);
		assertThat(this.secrets.get("myapp/prod/keys").get("KEY")).isEqualTo("canary-1");
	}

	@Test
	void whenNothingIsNewThenResultIsEmpty() {
		assertThat(this.secrets.refresh()).isEqualTo(new RefreshResult(List.of(), List.of()));
	}

	@Test
	void whenSecretIsListedThenIsFound() {
		assertThat(this.secrets.find("myapp/{env}/keys")).contains(this.secrets.get("myapp/prod/keys"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.secrets.find("unknown"));
	}

	@Test
	void whenRequiredPropertyIsMissingThenSaysWhichThereAre() {
		SecretSnapshot snapshot = this.secrets.get("myapp/prod/keys");
		assertThat(snapshot.getRequired("KEY")).isEqualTo("canary-1");
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> snapshot.getRequired("KEI"))
			.withMessageContainingAll("myapp/prod/keys", "KEI", "[KEY")
			.withMessageNotContaining("canary");
	}

	@Test
	void whenSnapshotIsMadeForATestThenReadsAndKeepsQuiet() {
		SecretSnapshot snapshot = SecretSnapshot.of("keys", Map.of("TEXT", "canary-1", "BYTES", new byte[] { 1 }));
		assertThat(snapshot.secretName()).isEqualTo("keys");
		assertThat(snapshot.propertyNames()).containsExactlyInAnyOrder("TEXT", "BYTES");
		assertThat(snapshot.get("TEXT")).isEqualTo("canary-1");
		assertThat(snapshot.get("BYTES")).isNull();
		assertThat(snapshot.getBytes("BYTES")).containsExactly(1);
		assertThat(snapshot).hasToString("SecretSnapshot[keys, 2 properties]");
		assertThatIllegalArgumentException().isThrownBy(() -> SecretSnapshot.of("keys", Map.of("NUMBER", 1)));
	}

	private void rotate(int number) {
		this.reader.put("myapp/prod/keys", key(number));
		assertThat(this.secrets.refresh("myapp/prod/keys").changes()).hasSize(1);
	}

	/**
	 * A client that takes its key in the constructor and cannot be closed without effect.
	 */
	private static final class Client implements AutoCloseable {

		private final String key;

		private int closed;

		Client(SecretSnapshot snapshot) {
			if (snapshot.get("KEY") == null) {
				throw new IllegalStateException("There is no key");
			}
			this.key = snapshot.get("KEY");
		}

		@Override
		public void close() {
			this.closed++;
		}

	}

}
