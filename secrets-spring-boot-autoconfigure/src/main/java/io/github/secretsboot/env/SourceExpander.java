package io.github.secretsboot.env;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.secretsboot.env.SecretsProperties.Source;
import io.github.secretsboot.fetch.Location;
import io.github.secretsboot.refresh.SecretSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Expands the entries of {@code secrets.sources} into the secrets to load.
 */
class SourceExpander {

	private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]*)}");

	private static final Pattern ROLE_ARN = Pattern.compile("arn:[^:]+:iam::\\d{12}:role/.+");

	private static final String STS_CLIENT = "software.amazon.awssdk.services.sts.StsClient";

	private final Environment environment;

	private final SecretsProperties properties;

	SourceExpander(Environment environment, SecretsProperties properties) {
		this.environment = environment;
		this.properties = properties;
	}

	List<SecretSource> expand() {
		List<SecretSource> sources = new ArrayList<>();
		for (int position = 0; position < this.properties.getSources().size(); position++) {
			expand(this.properties.getSources().get(position), position, sources);
		}
		return sources;
	}

	private void expand(Source source, int position, List<SecretSource> sources) {
		String name = source.getName();
		if (!StringUtils.hasText(name)) {
			throw invalid(position, String.valueOf(name), "must be the name or ARN of a secret");
		}
		for (String environmentName : name.contains("{env}") ? environmentNames() : List.of("")) {
			String expanded = expand(name.strip(), environmentName, position);
			sources.add(new SecretSource(expanded, name.strip(), position, source.isOptional(), source.getStage(),
					source.getVersionId(), source.isPrevious(), source.mapping(),
					location(source, expanded, position)));
		}
	}

	private Location location(Source source, String name, int position) {
		String region = StringUtils.hasText(source.getRegion()) ? source.getRegion().strip() : null;
		String arnRegion = Location.regionOf(name);
		if (region != null && arnRegion != null && !region.equals(arnRegion)) {
			throw invalid(position, "region", region, "the ARN of the secret names another region, " + arnRegion);
		}
		String roleArn = StringUtils.hasText(source.getRoleArn()) ? source.getRoleArn().strip() : null;
		if (roleArn != null && !ROLE_ARN.matcher(roleArn).matches()) {
			throw invalid(position, "role-arn", roleArn,
					"must look like arn:aws:iam::123456789012:role/name-of-the-role");
		}
		if (roleArn != null && !ClassUtils.isPresent(STS_CLIENT, null)) {
			throw invalid(position, "role-arn", roleArn, "assuming a role needs STS on the class path:"
					+ " add the dependency software.amazon.awssdk:sts, in the version of the other AWS dependencies");
		}
		return new Location((region != null) ? region : arnRegion, roleArn);
	}

	private String expand(String name, String environmentName, int position) {
		return VARIABLE.matcher(name).replaceAll((variable) -> Matcher.quoteReplacement(switch (variable.group(1)) {
			case "env" -> environmentName;
			case "app" -> applicationName(name, position);
			default -> throw invalid(position, name, "only {env} and {app} are expanded, not " + variable.group());
		}));
	}

	private List<String> environmentNames() {
		if (StringUtils.hasText(this.properties.getEnvironment())) {
			return List.of(this.properties.getEnvironment());
		}
		String[] profiles = this.environment.getActiveProfiles();
		return (profiles.length > 0) ? List.of(profiles) : List.of("default");
	}

	private String applicationName(String name, int position) {
		String applicationName = this.environment.getProperty("spring.application.name");
		if (!StringUtils.hasText(applicationName)) {
			throw invalid(position, name, "{app} needs spring.application.name to be set");
		}
		return applicationName;
	}

	private static InvalidConfigurationPropertyValueException invalid(int position, String name, String reason) {
		return invalid(position, "name", name, reason);
	}

	private static InvalidConfigurationPropertyValueException invalid(int position, String property, String value,
			String reason) {
		return new InvalidConfigurationPropertyValueException("secrets.sources[" + position + "]." + property, value,
				reason);
	}

}
