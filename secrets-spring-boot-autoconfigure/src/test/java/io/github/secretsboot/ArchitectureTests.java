package io.github.secretsboot;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests which package may know which.
 */
@AnalyzeClasses(packages = ArchitectureTests.ROOT,
		importOptions = { DoNotIncludeTests.class, ArchitectureTests.DoNotIncludeTestModule.class })
class ArchitectureTests {

	static final String ROOT = "io.github.secretsboot";

	private static final String[] INTEGRATIONS = { "inject", "actuate", "health", "metrics", "cloud", "follow",
			"diagnostics", "preflight", "context" };

	@ArchTest
	static final ArchRule root = classes().that()
		.resideInAPackage(ROOT)
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage(ROOT, "java..", "org.springframework.core..", "org.springframework.util..",
				"org.springframework.lang..", "org.jspecify..")
		.because("the public API can be used without knowing how secrets get there");

	@ArchTest
	static final ArchRule iam = below("iam", ROOT + ".iam").because("AWS's terms are nobody's in particular");

	@ArchTest
	static final ArchRule consumers = below("consumers", ROOT + ".consumers")
		.because("who holds values is said in the same words by all who know it");

	@ArchTest
	static final ArchRule fetch = below("fetch", ROOT + ".fetch..", ROOT + ".iam")
		.because("fetching knows neither what becomes of a value nor when to fetch");

	@ArchTest
	static final ArchRule mapping = below("mapping", ROOT + ".mapping..", ROOT + ".fetch")
		.because("mapping is a function of a secret value");

	@ArchTest
	static final ArchRule properties = below("properties", ROOT + ".properties", ROOT + ".mapping")
		.because("what is found by which name does not depend on when it is looked for");

	@ArchTest
	static final ArchRule refresh = below("refresh", ROOT + ".refresh..", ROOT + ".properties", ROOT + ".consumers",
			ROOT + ".fetch", ROOT + ".iam", ROOT + ".mapping..")
		.because("a pass does not know who reads the properties");

	@ArchTest
	static final ArchRule env = below("env", ROOT + ".env..", ROOT + ".refresh..", ROOT + ".properties",
			ROOT + ".fetch..", ROOT + ".iam", ROOT + ".mapping..")
		.because("what happens before the context cannot need a bean of an integration");

	@ArchTest
	static final ArchRule redact = below("redact", ROOT + ".redact..", ROOT + ".expression", ROOT + ".env..",
			ROOT + ".refresh..", ROOT + ".properties")
		.because("who needs to know where values are does not say what is made of them");

	@ArchTest
	static final ArchRule holders = below("holders", ROOT + ".holders..")
		.because("who looks for values is given them, and knows nothing of where they come from");

	@ArchTest
	static final ArchRule expression = below("expression", ROOT + ".expression..", ROOT + ".env..", ROOT + ".refresh..",
			ROOT + ".properties")
		.because("a context is guarded before any bean of an integration exists");

	@ArchTest
	static final ArchRule report = below("report", ROOT + ".report..", ROOT + ".holders", ROOT + ".env..",
			ROOT + ".refresh..", ROOT + ".consumers", ROOT + ".properties")
		.because("who reports what was found is no part of what it is found in");

	@ArchTest
	static void integrationsDoNotKnowEachOther(JavaClasses classes) {
		for (String integration : INTEGRATIONS) {
			below(integration, ROOT + "." + integration + "..", ROOT + ".redact", ROOT + ".expression", ROOT + ".env..",
					ROOT + ".refresh..", ROOT + ".consumers", ROOT + ".properties", ROOT + ".policy", ROOT + ".cost",
					ROOT + ".fetch", ROOT + ".iam", ROOT + ".mapping..")
				.allowEmptyShould(true)
				.because("each integration is optional on its own")
				.check(classes);
		}
	}

	@ArchTest
	static final ArchRule autoconfigure = noClasses().that()
		.resideOutsideOfPackage(ROOT + ".autoconfigure..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage(ROOT + ".autoconfigure..")
		.because("auto-configuration puts the parts together and is no part of them");

	@ArchTest
	static final ArchRule sdk = only("the AWS SDK is loaded where secrets are fetched and nowhere else",
			new String[] { "software.amazon.awssdk..", "io.awspring.." }, ROOT + ".fetch.aws..",
			ROOT + ".autoconfigure..");

	@ArchTest
	static final ArchRule jackson = only("JSON is read where it comes from AWS and where it is a secret",
			new String[] { "tools.jackson..", "com.fasterxml.jackson.." }, ROOT + ".mapping..",
			ROOT + ".fetch.aws.direct..");

	@ArchTest
	static final ArchRule direct = noClasses().that()
		.resideOutsideOfPackages(ROOT + ".fetch.aws.direct..", ROOT + ".env..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage(ROOT + ".fetch.aws.direct..")
		.because("everything works without the calls that leave the SDK's client out");

	@ArchTest
	static final ArchRule actuator = only("Actuator is optional",
			new String[] { "org.springframework.boot.actuate..", "org.springframework.boot.health.." },
			ROOT + ".actuate..", ROOT + ".health..", ROOT + ".autoconfigure..");

	@ArchTest
	static final ArchRule micrometer = only("Micrometer is optional", new String[] { "io.micrometer.." },
			ROOT + ".metrics..", ROOT + ".autoconfigure..");

	@ArchTest
	static final ArchRule springCloud = only("Spring Cloud Context is optional",
			new String[] { "org.springframework.cloud.." }, ROOT + ".cloud..", ROOT + ".autoconfigure..");

	@ArchTest
	static final ArchRule cycles = slices().matching(ROOT + ".(**)")
		.should()
		.beFreeOfCycles()
		.because("a cycle is one package under two names");

	@ArchTest
	static final ArchRule logging = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING
		.because("Boot defers and routes commons-logging");

	@ArchTest
	static final ArchRule streams = noClasses().that()
		.doNotHaveFullyQualifiedName(ROOT + ".preflight.Preflight")
		.should(ACCESS_STANDARD_STREAMS)
		.because("what is printed escapes the level of its logger");

	@ArchTest
	static void everyPackageIsNullMarked(JavaClasses classes) {
		assertThat(classes.stream().map(JavaClass::getPackage).distinct())
			.allMatch((candidate) -> candidate.isAnnotatedWith(NullMarked.class));
	}

	private static ArchRule below(String name, String... allowed) {
		return noClasses().that()
			.resideInAPackage(ROOT + "." + name + "..")
			.should()
			.dependOnClassesThat(resideInAPackage(ROOT + ".*..").and(not(resideInAnyPackage(allowed))));
	}

	private static ArchRule only(String reason, String[] library, String... allowed) {
		return noClasses().that()
			.resideOutsideOfPackages(allowed)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(library)
			.because(reason);
	}

	static class DoNotIncludeTestModule implements ImportOption {

		@Override
		public boolean includes(Location location) {
			return !location.contains("/secrets-spring-boot-test/");
		}

	}

}
