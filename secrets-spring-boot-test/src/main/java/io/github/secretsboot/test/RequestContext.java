package io.github.secretsboot.test;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What conditions may ask about a call, by condition key.
 */
final class RequestContext {

	private static final List<String> TEXTS = List.of("Name", "Description", "KmsKeyId", "VersionId", "VersionStage",
			"RotationLambdaARN");

	private static final List<String> FLAGS = List.of("ForceDeleteWithoutRecovery", "BlockPublicPolicy",
			"ForceOverwriteReplicaSecret", "RotateImmediately");

	private RequestContext() {
	}

	static Map<String, List<String>> of(Call call, @Nullable StoredSecret secret) {
		Map<String, List<String>> context = new HashMap<>(global(call));
		addRequest(context, call);
		if (secret != null) {
			addSecret(context, secret);
		}
		return context;
	}

	/**
	 * Return what is known of every call, whatever it asks for.
	 */
	static Map<String, List<String>> global(Call call) {
		Map<String, List<String>> context = new HashMap<>();
		context.put("aws:PrincipalArn", List.of(call.caller().identityArn()));
		context.put("aws:PrincipalAccount", List.of(call.caller().account()));
		context.put("aws:RequestedRegion", List.of(call.home().region()));
		context.put("aws:CurrentTime", List.of(call.home().now().truncatedTo(ChronoUnit.SECONDS).toString()));
		context.put("aws:SourceIp", List.of("127.0.0.1"));
		// AWS's endpoint, for which this one stands in, is always called through TLS
		context.put("aws:SecureTransport", List.of("true"));
		context.putAll(call.caller().context());
		return context;
	}

	private static void addRequest(Map<String, List<String>> context, Call call) {
		RequestBody request = call.request();
		for (String member : TEXTS) {
			String text = request.text(member);
			if (text != null) {
				context.put("secretsmanager:" + member, List.of(text));
			}
		}
		for (String member : FLAGS) {
			Boolean flag = request.flag(member);
			if (flag != null) {
				context.put("secretsmanager:" + member, List.of(flag.toString()));
			}
		}
		Integer days = request.number("RecoveryWindowInDays");
		if (days != null) {
			context.put("secretsmanager:RecoveryWindowInDays", List.of(days.toString()));
		}
		if (call.operation() == Operation.GET_SECRET_VALUE && !request.has("VersionId")) {
			context.putIfAbsent("secretsmanager:VersionStage", List.of(SecretVersions.CURRENT));
		}
		addTags(context, request);
	}

	private static void addTags(Map<String, List<String>> context, RequestBody request) {
		Map<String, String> tags = Tags.of(request);
		tags.forEach((key, value) -> context.put("aws:RequestTag/" + key, List.of(value)));
		List<String> keys = new ArrayList<>(tags.keySet());
		List<String> untagged = request.texts("TagKeys", Integer.MAX_VALUE);
		keys.addAll((untagged != null) ? untagged : List.of());
		if (!keys.isEmpty()) {
			context.put("aws:TagKeys", keys);
		}
	}

	private static void addSecret(Map<String, List<String>> context, StoredSecret secret) {
		context.put("secretsmanager:SecretId", List.of(secret.arn()));
		String primaryRegion = secret.replication().primaryRegion();
		if (primaryRegion != null) {
			context.put("secretsmanager:SecretPrimaryRegion", List.of(primaryRegion));
		}
		Map<String, String> tags = secret.details().tags();
		if (tags != null) {
			tags.forEach((key, value) -> {
				context.put("aws:ResourceTag/" + key, List.of(value));
				context.put("secretsmanager:ResourceTag/" + key, List.of(value));
			});
		}
	}

}
