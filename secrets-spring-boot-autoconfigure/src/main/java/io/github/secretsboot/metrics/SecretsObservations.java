package io.github.secretsboot.metrics;

import io.github.secretsboot.fetch.CallObserver;
import io.github.secretsboot.fetch.CallOperation;
import io.github.secretsboot.refresh.PassObserver;
import io.github.secretsboot.refresh.SecretsEngine;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Makes an {@link Observation} of every pass and of every call of an engine, for as long
 * as the application context lives. A handler that throws is logged and breaks neither.
 * <p>
 * Passes do not overlap, but their calls run on other threads, so that calls find the
 * pass that they belong to in a field instead of in the scope of their thread.
 */
public class SecretsObservations implements SmartInitializingSingleton, DisposableBean {

	private static final Log logger = LogFactory.getLog(SecretsObservations.class);

	private static final FetchObservationConvention FETCH = new DefaultFetchObservationConvention();

	private static final RefreshObservationConvention REFRESH = new DefaultRefreshObservationConvention();

	private final SecretsEngine engine;

	private final ObservationRegistry registry;

	private final @Nullable FetchObservationConvention fetchConvention;

	private final @Nullable RefreshObservationConvention refreshConvention;

	private final CallObserver callObserver = this::startCall;

	private final PassObserver passObserver = this::startPass;

	private volatile @Nullable Observation pass;

	/**
	 * Create observations.
	 * @param engine the engine to observe
	 * @param registry where observations go
	 * @param fetchConvention replaces the default for calls, if not {@code null}
	 * @param refreshConvention replaces the default for passes, if not {@code null}
	 */
	public SecretsObservations(SecretsEngine engine, ObservationRegistry registry,
			@Nullable FetchObservationConvention fetchConvention,
			@Nullable RefreshObservationConvention refreshConvention) {
		this.engine = engine;
		this.registry = registry;
		this.fetchConvention = fetchConvention;
		this.refreshConvention = refreshConvention;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.engine.fetcher().calls().addObserver(this.callObserver);
		this.engine.addPassObserver(this.passObserver);
	}

	@Override
	public void destroy() {
		this.engine.fetcher().calls().removeObserver(this.callObserver);
		this.engine.removePassObserver(this.passObserver);
	}

	private CallObserver.Call startCall(CallOperation operation) {
		FetchObservationContext context = new FetchObservationContext(operation);
		Observed observed = new Observed(SecretsObservationDocumentation.FETCH.observation(this.fetchConvention, FETCH,
				() -> context, this.registry));
		observed.start(this.pass);
		return (failure) -> {
			context.end(failure);
			observed.stop();
		};
	}

	private PassObserver.Pass startPass() {
		RefreshObservationContext context = new RefreshObservationContext();
		Observed observed = new Observed(SecretsObservationDocumentation.REFRESH.observation(this.refreshConvention,
				REFRESH, () -> context, this.registry));
		observed.start(null);
		this.pass = observed.observation;
		return (outcome) -> {
			this.pass = null;
			context.end(outcome);
			observed.stop();
		};
	}

	/**
	 * An observation that nothing can go wrong with. Started and stopped by one thread.
	 */
	private static final class Observed {

		private final Observation observation;

		private Observation.@Nullable Scope scope;

		Observed(Observation observation) {
			this.observation = observation;
		}

		void start(@Nullable Observation parent) {
			guarded(() -> {
				if (parent != null) {
					this.observation.parentObservation(parent);
				}
				this.observation.start();
				this.scope = this.observation.openScope();
			});
		}

		void stop() {
			guarded(() -> {
				if (this.scope != null) {
					this.scope.close();
				}
			});
			guarded(this.observation::stop);
		}

		private void guarded(Runnable step) {
			try {
				step.run();
			}
			catch (RuntimeException ex) {
				logger.warn("An observation of secrets failed with " + ex.getClass().getName());
			}
		}

	}

}
