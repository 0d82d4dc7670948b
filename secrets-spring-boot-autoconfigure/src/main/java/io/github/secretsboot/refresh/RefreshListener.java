package io.github.secretsboot.refresh;

import java.util.List;

import io.github.secretsboot.SecretChange;
import io.github.secretsboot.SecretFailure;

import org.springframework.core.Ordered;

/**
 * Is told what a pass did, after its changes can be seen in the environment: of one pass
 * at a time, in the order in which passes published their changes. Called by the thread
 * that asked for the pass, or by one that is still busy telling of an earlier pass. A
 * listener that throws is logged and does not keep the others from being told.
 */
public interface RefreshListener extends Ordered {

	/**
	 * Properties changed.
	 * @param changes all changes of the pass; never empty
	 */
	default void onChanged(List<SecretChange> changes) {
	}

	/**
	 * Secrets could not be refreshed.
	 * @param failures all failures of the pass; never empty
	 */
	default void onFailed(List<SecretFailure> failures) {
	}

	/**
	 * When to be told: beans are updated before the application's own listeners are
	 * called.
	 */
	@Override
	default int getOrder() {
		return 0;
	}

}
