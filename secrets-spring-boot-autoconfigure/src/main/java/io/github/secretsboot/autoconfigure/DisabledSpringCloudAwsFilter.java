package io.github.secretsboot.autoconfigure;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Keeps Spring Cloud AWS, which our starter brings, out of an application that sets
 * {@code secrets.enabled=false}: it would load the SDK and look for a region and
 * credentials that the application may not have. What other modules of Spring Cloud AWS
 * need stays if one of them is there.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class DisabledSpringCloudAwsFilter implements AutoConfigurationImportFilter, EnvironmentAware {

	private static final String PREFIX = "io.awspring.cloud.autoconfigure.";

	private static final Set<String> OTHER_MODULES = Set.of("io.awspring.cloud.s3.S3Template",
			"io.awspring.cloud.sqs.operations.SqsTemplate", "io.awspring.cloud.sns.core.SnsTemplate",
			"io.awspring.cloud.dynamodb.DynamoDbTemplate", "io.awspring.cloud.ses.SimpleEmailServiceMailSender",
			"software.amazon.awssdk.services.ssm.SsmClient",
			"software.amazon.awssdk.services.appconfigdata.AppConfigDataClient",
			"software.amazon.awssdk.imds.Ec2MetadataClient", "software.amazon.awssdk.services.s3.S3Client");

	private boolean enabled = true;

	@Override
	public void setEnvironment(Environment environment) {
		this.enabled = environment.getProperty("secrets.enabled", Boolean.class, true);
	}

	@Override
	public boolean[] match(@Nullable String[] autoConfigurationClasses,
			AutoConfigurationMetadata autoConfigurationMetadata) {
		boolean othersArePresent = !this.enabled
				&& OTHER_MODULES.stream().anyMatch((name) -> ClassUtils.isPresent(name, null));
		boolean[] matches = new boolean[autoConfigurationClasses.length];
		for (int i = 0; i < matches.length; i++) {
			matches[i] = this.enabled || isIncluded(autoConfigurationClasses[i], othersArePresent);
		}
		return matches;
	}

	private boolean isIncluded(@Nullable String name, boolean othersArePresent) {
		if (name == null || !name.startsWith(PREFIX)) {
			return true;
		}
		return othersArePresent && !name.startsWith(PREFIX + "config.secretsmanager.");
	}

}
