package io.github.secretsboot.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.env.InMemorySecrets;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link SecretsObservations}.
 */
class SecretsObservationsTests {

	private final InMemorySecrets secrets = new InMemorySecrets().with("a").load();

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	@Test
	void whenPassSucceedsThenItIsOneObservation() {
		observe(this.registry);
		this.secrets.engine().refresh();
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasNumberOfObservationsWithNameEqualTo("secrets.refresh", 1)
			.hasObservationWithNameEqualTo("secrets.refresh")
			.that()
			.hasBeenStarted()
			.hasBeenStopped()
			.hasContextualNameEqualTo("secrets refresh")
			.hasOnlyKeys("outcome")
			.hasLowCardinalityKeyValue("outcome", "success");
	}

	@Test
	void whenPassFailsThenOutcomesSaySoAndTheCallSaysWhy() {
		observe(this.registry);
		this.secrets.reader().fail("a", FailureReason.ACCESS_DENIED);
		this.secrets.engine().refresh();
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasObservationWithNameEqualTo("secrets.refresh")
			.that()
			.hasLowCardinalityKeyValue("outcome", "failure");
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasObservationWithNameEqualTo("secrets.fetch")
			.that()
			.hasLowCardinalityKeyValue("operation", "GetSecretValue")
			.hasLowCardinalityKeyValue("outcome", "access-denied");
	}

	@Test
	void whenCallIsMadeThenItIsAChildOfItsPass() {
		observe(this.registry);
		this.secrets.engine().refresh();
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasNumberOfObservationsWithNameEqualTo("secrets.fetch", 1)
			.hasObservationWithNameEqualTo("secrets.fetch")
			.that()
			.hasBeenStopped()
			.hasContextualNameEqualTo("secretsmanager GetSecretValue")
			.hasParentObservationContextMatching((parent) -> "secrets.refresh".equals(parent.getName()))
			.hasOnlyKeys("operation", "outcome")
			.hasLowCardinalityKeyValue("outcome", "success");
	}

	@Test
	void whenContextIsClosedThenNothingIsObservedAnyMore() {
		SecretsObservations observations = observe(this.registry);
		observations.destroy();
		this.secrets.engine().refresh();
		TestObservationRegistryAssert.assertThat(this.registry).doesNotHaveAnyObservation();
	}

	@Test
	void whenApplicationHasConventionsThenTheyAreUsed() {
		SecretsObservations observations = new SecretsObservations(this.secrets.engine(), this.registry,
				new DefaultFetchObservationConvention() {

					@Override
					public String getName() {
						return "my.fetch";
					}

				}, new DefaultRefreshObservationConvention() {

					@Override
					public String getName() {
						return "my.refresh";
					}

				});
		observations.afterSingletonsInstantiated();
		this.secrets.engine().refresh();
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasNumberOfObservationsWithNameEqualTo("my.refresh", 1)
			.hasNumberOfObservationsWithNameEqualTo("my.fetch", 1);
	}

	@Test
	void whenHandlerThrowsThenSecretsAreRefreshedAllTheSame() {
		ObservationRegistry throwing = ObservationRegistry.create();
		throwing.observationConfig().observationHandler(new ThrowingHandler());
		observe(throwing);
		this.secrets.rotate("a", "canary-2");
		assertThat(this.secrets.engine().refresh().changes()).hasSize(1);
	}

	@Test
	void whenCallIsMadeThenItsThreadIsInTheScopeOfItsObservation() {
		List<String> scopes = new CopyOnWriteArrayList<>();
		this.registry.observationConfig().observationHandler(new ObservationHandler<>() {

			@Override
			public void onScopeOpened(Observation.Context context) {
				scopes.add(context.getName());
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
		observe(this.registry);
		this.secrets.engine().refresh();
		assertThat(scopes).containsExactly("secrets.refresh", "secrets.fetch");
	}

	private SecretsObservations observe(ObservationRegistry registry) {
		SecretsObservations observations = new SecretsObservations(this.secrets.engine(), registry, null, null);
		observations.afterSingletonsInstantiated();
		return observations;
	}

	private static final class ThrowingHandler implements ObservationHandler<Observation.Context> {

		@Override
		public void onStart(Observation.Context context) {
			throw new IllegalStateException("told to fail");
		}

		@Override
		public void onStop(Observation.Context context) {
			throw new IllegalStateException("told to fail");
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
