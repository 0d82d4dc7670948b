package io.github.secretsboot.context;

import java.util.List;

import io.github.secretsboot.SecretChange;
import io.github.secretsboot.SecretFailure;
import io.github.secretsboot.SecretsRefreshFailedEvent;
import io.github.secretsboot.SecretsRotatedEvent;
import io.github.secretsboot.refresh.RefreshListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.Ordered;

/**
 * Publishes what a pass did as application events. Spring's own way of publishing ends at
 * the first listener that throws, so the context's listeners are called through a
 * multicaster that goes on.
 */
public class SecretEventPublisher implements RefreshListener {

	private static final Log logger = LogFactory.getLog(SecretEventPublisher.class);

	private final AbstractApplicationContext context;

	/**
	 * Create a publisher.
	 * @param context the context whose listeners are called, and those of its parents
	 * that have no publisher of their own
	 */
	public SecretEventPublisher(AbstractApplicationContext context) {
		this.context = context;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE - 1;
	}

	@Override
	public void onChanged(List<SecretChange> changes) {
		publish(new SecretsRotatedEvent(changes));
	}

	@Override
	public void onFailed(List<SecretFailure> failures) {
		failures.forEach((failure) -> publish(new SecretsRefreshFailedEvent(failure.secretName(), failure.reason(),
				failure.detail(), failure.since())));
	}

	private void publish(Object event) {
		for (AbstractApplicationContext receiver = this.context; receiver != null; receiver = parent(receiver)) {
			multicaster(receiver).multicastEvent(new PayloadApplicationEvent<>(this.context, event));
		}
	}

	private SimpleApplicationEventMulticaster multicaster(AbstractApplicationContext receiver) {
		SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster(
				receiver.getBeanFactory());
		// The class alone: what a listener throws may quote the new value
		multicaster.setErrorHandler(
				(ex) -> logger.error("A listener of secret events failed with " + ex.getClass().getName()));
		receiver.getApplicationListeners().forEach(multicaster::addApplicationListener);
		for (String name : receiver.getBeanNamesForType(ApplicationListener.class, true, false)) {
			multicaster.addApplicationListenerBean(name);
		}
		return multicaster;
	}

	private static @Nullable AbstractApplicationContext parent(AbstractApplicationContext context) {
		return (context.getParent() instanceof AbstractApplicationContext parent
				&& parent.getBeanNamesForType(SecretEventPublisher.class, true, false).length == 0) ? parent : null;
	}

}
