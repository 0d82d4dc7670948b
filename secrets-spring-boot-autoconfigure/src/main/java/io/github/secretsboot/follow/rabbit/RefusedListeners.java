package io.github.secretsboot.follow.rabbit;

import java.time.Duration;

import io.github.secretsboot.follow.BackgroundTasks;

import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.ListenerContainerConsumerFailedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Starts listener containers again that have stopped because the broker refused their
 * credentials. From then on they connect in their own interval, as when the broker is
 * down, until there are others.
 */
class RefusedListeners implements ApplicationListener<ListenerContainerConsumerFailedEvent> {

	private static final Duration PAUSE = Duration.ofMillis(200);

	private final RabbitConnections connections;

	private final BackgroundTasks tasks;

	RefusedListeners(RabbitConnections connections, BackgroundTasks tasks) {
		this.connections = connections;
		this.tasks = tasks;
	}

	@Override
	public void onApplicationEvent(ListenerContainerConsumerFailedEvent event) {
		if (event.isFatal() && event.getSource() instanceof AbstractMessageListenerContainer container
				&& RefusedConnection.is(event.getThrowable())
				&& this.connections.of(container.getConnectionFactory()) != null) {
			startWhenStopped(container);
		}
	}

	private void startWhenStopped(AbstractMessageListenerContainer container) {
		this.tasks.runLater(() -> {
			if (container.isRunning()) {
				startWhenStopped(container);
			}
			else {
				container.start();
			}
		}, PAUSE);
	}

}
