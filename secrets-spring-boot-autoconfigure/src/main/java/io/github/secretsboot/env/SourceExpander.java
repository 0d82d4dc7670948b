package io.github.secretsboot.env;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.secretsboot.env.SecretsProperties.Source;
import io.github.secretsboot.fetch.Location;
import io.github.secretsboot.fetch.PlainText;
import io.github.secretsboot.iam.SecretArn;
import io.github.secretsboot.mapping.AllowedNames;
import io.github.secretsboot.refresh.SecretSource;
import org.jspecify.annotations.Nullable;

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

	private final ConfigurationProblems problems;

	SourceExpander(Environment environment, SecretsProperties properties, ConfigurationProblems problems) {
		this.environment = environment;
		this.properties = properties;
		this.problems = problems;
	}

	/**
	 * Expand all entries, and report what is wrong with them.
	 * @return the secrets, of no use if something is wrong
	 */
	List<SecretSource> expand() {
		List<SecretSource> sources = new ArrayList<>();
		for (int position = 0; position < this.properties.getSources().size(); position++) {
			Source source = this.properties.getSources().get(position);
			if (StringUtils.hasText(source.getName())) {
				validate(source, position);
				expand(source, source.getName().strip(), position, sources);
			}
			else if (!this.problems.concern(entry(position))) {
				report(position, "name", "must be the name or ARN of a secret");
			}
		}
		return sources;
	}

	private void expand(Source source, String name, int position, List<SecretSource> sources) {
		for (String environmentName : name.contains("{env}") ? environmentNames() : List.of("")) {
			String expanded = expand(name, environmentName, position);
			String problem = SecretNames.problem(expanded);
			if (problem != null) {
				report(position, "name",
						expanded.equals(name) ? problem : "expands to " + expanded + " and " + problem);
			}
			sources.add(new SecretSource(expanded, name, position, source.isOptional(), source.getStage(),
					source.getVersionId(), source.isPrevious(), source.mapping(),
					location(source, expanded, position)));
		}
	}

	private void validate(Source source, int position) {
		requirePlainText(position, "prefix", source.getPrefix());
		requirePlainText(position, "stage", source.getStage());
		requirePlainText(position, "version-id", source.getVersionId());
		requirePlainText(position, "region", source.getRegion());
		source.getKeys().values().forEach((name) -> requirePlainText(position, "keys", name));
		source.getOnly().forEach((key) -> requirePlainText(position, "only", key));
		for (String pattern : source.getAllow()) {
			requirePlainText(position, "allow", pattern);
			if (!AllowedNames.isValid(pattern)) {
				report(position, "allow", "must be names, or a name and '.*' for everything below it");
			}
		}
	}

	private void requirePlainText(int position, String property, @Nullable String text) {
		if (text != null && !PlainText.is(text)) {
			report(position, property, "must be one line without control characters");
		}
	}

	private Location location(Source source, String name, int position) {
		String region = StringUtils.hasText(source.getRegion()) ? source.getRegion().strip() : null;
		String arnRegion = SecretArn.regionOf(name);
		if (region != null && arnRegion != null && !region.equals(arnRegion)) {
			report(position, "region", "the ARN of the secret names another region, " + arnRegion);
		}
		String roleArn = StringUtils.hasText(source.getRoleArn()) ? source.getRoleArn().strip() : null;
		if (roleArn != null && !ROLE_ARN.matcher(roleArn).matches()) {
			report(position, "role-arn", "must look like arn:aws:iam::123456789012:role/name-of-the-role");
		}
		if (roleArn != null && !ClassUtils.isPresent(STS_CLIENT, null)) {
			report(position, "role-arn", "assuming a role needs STS on the class path:"
					+ " add the dependency software.amazon.awssdk:sts, in the version of the other AWS dependencies");
		}
		return new Location((region != null) ? region : arnRegion, roleArn);
	}

	private String expand(String name, String environmentName, int position) {
		return VARIABLE.matcher(name).replaceAll((variable) -> Matcher.quoteReplacement(switch (variable.group(1)) {
			case "env" -> environmentName;
			case "app" -> applicationName(position);
			default -> unknown(name, variable, position);
		}));
	}

	private String unknown(String name, MatchResult variable, int position) {
		boolean placeholder = variable.start() > 0 && name.charAt(variable.start() - 1) == '$';
		report(position, "name",
				placeholder ? "the placeholder $" + variable.group() + " has no value, or only one in a secret"
						: "only {env} and {app} are expanded, not " + variable.group());
		return variable.group();
	}

	private List<String> environmentNames() {
		if (StringUtils.hasText(this.properties.getEnvironment())) {
			return List.of(this.properties.getEnvironment());
		}
		String[] profiles = this.environment.getActiveProfiles();
		return (profiles.length > 0) ? List.of(profiles) : List.of("default");
	}

	private String applicationName(int position) {
		String applicationName = this.environment.getProperty("spring.application.name", "");
		if (!StringUtils.hasText(applicationName)) {
			report(position, "name", "{app} needs spring.application.name to be set");
		}
		return applicationName;
	}

	private void report(int position, String property, String reason) {
		this.problems.add(entry(position) + property, reason);
	}

	private static String entry(int position) {
		return "secrets.sources[" + position + "].";
	}

}
