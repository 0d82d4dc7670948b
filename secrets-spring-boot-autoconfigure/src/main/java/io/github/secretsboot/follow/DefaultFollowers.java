package io.github.secretsboot.follow;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import io.github.secretsboot.SecretChange;
import io.github.secretsboot.consumers.FollowedConsumers;
import io.github.secretsboot.consumers.SecretConsumer;
import io.github.secretsboot.refresh.RefreshListener;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.Ordered;

/**
 * The clients of an application context that follow their secrets. They are added by
 * whichever thread creates them, and get new values on the thread of the pass that
 * brought them, before the application's own listeners are called.
 */
class DefaultFollowers implements Followers, RefreshListener, FollowedConsumers, SmartInitializingSingleton {

	private final PropertyReader properties;

	private final BackgroundTasks tasks;

	private final Duration windowLength;

	private final Clock clock;

	private final Supplier<Map<String, Follower<?>>> beans;

	private final List<Followed<?>> all = new CopyOnWriteArrayList<>();

	/**
	 * Create followers without any.
	 * @param properties reads what they need
	 * @param tasks has secrets checked
	 * @param windowLength how long refused attempts are made again
	 * @param clock tells the time
	 * @param beans the application's own followers, by name
	 */
	DefaultFollowers(PropertyReader properties, BackgroundTasks tasks, Duration windowLength, Clock clock,
			Supplier<Map<String, Follower<?>>> beans) {
		this.properties = properties;
		this.tasks = tasks;
		this.windowLength = windowLength;
		this.clock = clock;
		this.beans = beans;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public <T> Followed<T> follow(String name, Follower<T> follower) {
		Followed<T> followed = new Followed<>(name, follower, this.properties, this::window, this.all::remove);
		this.all.add(followed);
		followed.follow();
		return followed;
	}

	@Override
	public <T> Optional<Followed<T>> followIfSecret(String name, Follower<T> follower) {
		PropertyReader.Reading<T> reading = this.properties.read(follower);
		boolean isOfSecret = reading.value() != null && !reading.propertyNames().isEmpty();
		return isOfSecret ? Optional.of(follow(name, follower)) : Optional.empty();
	}

	private <T> RotationWindow<T> window(Followed<T> followed) {
		return new RotationWindow<>(new RotationWindow.Settings(followed.name(), this.windowLength, this.clock),
				followed::get, followed.follower()::isRefused, () -> this.tasks.requestCheck(followed.secretNames()));
	}

	List<Followed<?>> all() {
		return this.all;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.beans.get().forEach(this::follow);
		this.all.forEach(Followed::follow);
	}

	@Override
	public void onChanged(List<SecretChange> changes) {
		this.all.forEach(Followed::follow);
	}

	@Override
	public List<SecretConsumer> consumers() {
		return this.all.stream()
			.map(Followed::asConsumer)
			.filter((consumer) -> !consumer.properties().isEmpty())
			.toList();
	}

}
