package io.github.secretsboot.inject;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.CollectionFactory;

/**
 * Has Boot bind a copy of a collection that a bean has already. Boot's binder clears and
 * refills it, and readers are to see all of the old elements or all of the new ones.
 */
class ReplacedCollections implements ConfigurationPropertiesBindHandlerAdvisor {

	@Override
	public BindHandler apply(BindHandler bindHandler) {
		return new CopyingBindHandler(bindHandler);
	}

	/**
	 * One handler may serve several threads, so what it notes is kept by thread.
	 */
	private static final class CopyingBindHandler extends AbstractBindHandler {

		private final ThreadLocal<Map<ConfigurationPropertyName, Class<?>>> types = ThreadLocal
			.withInitial(HashMap::new);

		CopyingBindHandler(BindHandler parent) {
			super(parent);
		}

		@Override
		public <T> @Nullable Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target,
				BindContext context) {
			this.types.get().put(name, target.getType().toClass());
			return super.onStart(name, isReplaceable(name, target) ? ofCopy(target) : target, context);
		}

		@Override
		public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				Exception error) throws Exception {
			end(name);
			return super.onFailure(name, target, context, error);
		}

		@Override
		public void onFinish(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				@Nullable Object result) throws Exception {
			super.onFinish(name, target, context, result);
			end(name);
		}

		private void end(ConfigurationPropertyName name) {
			Map<ConfigurationPropertyName, Class<?>> bound = this.types.get();
			bound.remove(name);
			if (bound.isEmpty()) {
				this.types.remove();
			}
		}

		/**
		 * Whether a collection or map can be replaced as a whole by a setter.
		 */
		private boolean isReplaceable(ConfigurationPropertyName name, Bindable<?> target) {
			Class<?> type = target.getType().toClass();
			if (target.getValue() == null
					|| !(Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type))) {
				return false;
			}
			Class<?> owner = name.isEmpty() ? null : this.types.get().get(name.getParent());
			return owner != null && Arrays.stream(BeanUtils.getPropertyDescriptors(owner))
				.anyMatch((property) -> property.getWriteMethod() != null && name
					.equals(name.getParent().append(DataObjectPropertyName.toDashedForm(property.getName()))));
		}

		@SuppressWarnings("unchecked")
		private static <T> Bindable<T> ofCopy(Bindable<T> target) {
			Supplier<T> existing = Objects.requireNonNull(target.getValue());
			return target.withSuppliedValue(() -> {
				Object value = existing.get();
				if (value instanceof Map<?, ?> map) {
					Map<Object, @Nullable Object> copy = CollectionFactory.createApproximateMap(map, map.size());
					copy.putAll(map);
					return (T) copy;
				}
				if (value instanceof Collection<?> collection) {
					Collection<@Nullable Object> copy = CollectionFactory.createApproximateCollection(collection,
							collection.size());
					copy.addAll(collection);
					return (T) copy;
				}
				return (T) value;
			});
		}

	}

}
