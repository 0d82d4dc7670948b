package io.github.secretsboot.redact;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import io.github.secretsboot.env.SecretOrigin;
import io.github.secretsboot.env.SecretsPropertySource;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Watches a binding, and replaces what is thrown for a name that a secret takes part in.
 * One handler may serve several threads, so what it notes is kept by thread.
 */
final class SecretBindHandler extends AbstractBindHandler {

	private final SecretsPropertySource secrets;

	private final Consumer<Binding> finished;

	private final ThreadLocal<@Nullable Binding> bindings = new ThreadLocal<>();

	SecretBindHandler(BindHandler parent, SecretsPropertySource secrets, Consumer<Binding> finished) {
		super(parent);
		this.secrets = secrets;
		this.finished = finished;
	}

	@Override
	public <T> @Nullable Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
		Binding binding = this.bindings.get();
		if (binding == null) {
			binding = new Binding(name, target, this.secrets);
			this.bindings.set(binding);
		}
		binding.start(name);
		return super.onStart(name, target, context);
	}

	@Override
	public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Exception error) throws Exception {
		try {
			return super.onFailure(name, target, context, error);
		}
		catch (Exception ex) {
			Binding binding = this.bindings.get();
			throw (binding != null) ? withoutValue(binding, name, target, ex) : ex;
		}
		finally {
			end(name);
		}
	}

	@Override
	public void onFinish(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			@Nullable Object result) throws Exception {
		super.onFinish(name, target, context, result);
		end(name);
	}

	private void end(ConfigurationPropertyName name) {
		Binding binding = this.bindings.get();
		if (binding == null) {
			return;
		}
		binding.end(name);
		if (binding.isOf(name)) {
			binding.close();
			this.bindings.remove();
			this.finished.accept(binding);
		}
	}

	private Exception withoutValue(Binding binding, ConfigurationPropertyName name, Bindable<?> target, Exception ex) {
		if (binding.hasThrown(ex)) {
			return ex;
		}
		Set<String> properties = new TreeSet<>(binding.secretsIn(name));
		properties.addAll(unboundSecrets(ex));
		properties.addAll(quotedSecrets(ex));
		return binding
			.remember(properties.isEmpty() ? ex : SecretBindException.of(name, target.getType(), properties, ex));
	}

	private static Set<String> unboundSecrets(Exception ex) {
		Set<String> names = new TreeSet<>();
		if (ex instanceof UnboundConfigurationPropertiesException unbound) {
			unbound.getUnboundProperties()
				.stream()
				.filter((property) -> property.getOrigin() instanceof SecretOrigin)
				.forEach((property) -> names.add(property.getName().toString()));
		}
		return names;
	}

	/** In addition: a value may have come by a way that nobody watches. */
	private Set<String> quotedSecrets(Exception ex) {
		Set<String> names = new TreeSet<>();
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			names.addAll(this.secrets.state().properties().quotedIn(String.valueOf(cause.getMessage())));
		}
		return names;
	}

}
