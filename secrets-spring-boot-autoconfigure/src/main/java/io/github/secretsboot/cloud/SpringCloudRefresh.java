package io.github.secretsboot.cloud;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.secretsboot.SecretChange;
import io.github.secretsboot.env.SecretsProperties.SpringCloud;
import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.refresh.RefreshListener;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;

/**
 * Tells Spring Cloud that properties changed: once per pass, and only if they did, and
 * not if Spring Cloud itself has asked for the pass, in which case it knows.
 */
public class SpringCloudRefresh implements RefreshListener {

	private final SpringCloud mode;

	private final SecretsPropertySource secrets;

	private final ApplicationContext applicationContext;

	private final @Nullable RefreshScope refreshScope;

	/**
	 * Create the listener.
	 * @param mode what to do
	 * @param secrets the properties that change
	 * @param applicationContext the context whose properties change
	 * @param refreshScope the scope to refresh, if there is one
	 */
	public SpringCloudRefresh(SpringCloud mode, SecretsPropertySource secrets, ApplicationContext applicationContext,
			@Nullable RefreshScope refreshScope) {
		this.mode = mode;
		this.secrets = secrets;
		this.applicationContext = applicationContext;
		this.refreshScope = refreshScope;
	}

	@Override
	public int getOrder() {
		// After the beans that are updated in place, before the application's listeners
		return Ordered.HIGHEST_PRECEDENCE + 100;
	}

	@Override
	public void onChanged(List<SecretChange> changes) {
		if (this.secrets.isContextRefreshing()) {
			return;
		}
		if (this.mode == SpringCloud.ENVIRONMENT_CHANGE) {
			Set<String> names = new LinkedHashSet<>();
			changes.forEach((change) -> names.addAll(change.propertyNames()));
			this.applicationContext.publishEvent(new EnvironmentChangeEvent(this.applicationContext, names));
		}
		if (this.mode != SpringCloud.NONE && this.refreshScope != null) {
			this.refreshScope.refreshAll();
		}
	}

}
