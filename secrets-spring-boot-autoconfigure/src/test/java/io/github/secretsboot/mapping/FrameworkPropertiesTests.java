package io.github.secretsboot.mapping;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FrameworkProperties}: what an attacker would try, and what people keep
 * in secrets. All of Boot's properties are compared with the documentation elsewhere.
 */
class FrameworkPropertiesTests {

	@ParameterizedTest
	@ValueSource(strings = { "spring.main.sources", "SPRING_MAIN_SOURCES", "Spring.Main-Sources",
			"s-pring.main.sources", "S-PRING_MAIN_SOURCES", "SPRING_MAIN_SOURCES_0_", "_SPRING_MAIN_SOURCES",
			"SPRING__MAIN__SOURCES", "SPRING-MAIN-SOURCES", "spring_main_sources", "spring[main].sources",
			"[spring][main][sources]", "[spring].main.sources", "spring.main.sources[0]", "spring..main.sources",
			".spring.main.sources", "spring.main.sources.", "spring.main.sources..", "s_pring.main.sources",
			"s#pring.main.sources", "spring .main.sources", "Spr]ing.main.sources", "spr\u0130ng.main.sources",
			"spring.main.sources[\u0660]", "spring-main_sources", "SPRING.MAIN.SOURCES", "SPRING_MAIN.sources",
			"sPrInG.mAiN.sOuRcEs" })
	void whenNameIsSpelledInAnyWayThenItIsTheFramework(String name) {
		assertThat(FrameworkProperties.include(name)).isTrue();
		assertThat(FrameworkProperties.canBeSetBySecret(name)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "debug", "DEBUG", "De-bug", "debug.", "trace", "TRACE", "_TRACE_", "tr#ace",
			"logging.config", "LOGGING_CONFIG", "logging.level.root", "LOGGING_LEVEL_ROOT", "logging.file.name",
			"logging.level.com.example.password", "logging.structured.gelf.host", "secrets.sources",
			"SECRETS_SOURCES_0", "secrets.fetch.client", "secrets.refresh.enabled", "secrets.some.password",
			"secrets.api-key" })
	void whenNameIsASwitchOrOfLoggingOrOfSecretsThenItIsLeftOut(String name) {
		assertThat(FrameworkProperties.canBeSetBySecret(name)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.config.import", "SPRING_CONFIG_IMPORT", "spring.config.location",
			"spring.application.json", "SPRING_APPLICATION_JSON", "spring.application.name", "spring.profiles.active",
			"spring.autoconfigure.exclude", "spring.aop.auto", "spring.beaninfo.ignore", "spring.jmx.enabled",
			"spring.main.lazy-initialization", "spring.main.web-application-type", "spring.devtools.remote.secret",
			"SPRING_DEVTOOLS_REMOTE_SECRET", "spring.docker.compose.host", "spring.cloud.aws.endpoint",
			"spring.cloud.aws.credentials.access-key", "spring.cloud.aws.credentials.secret-key",
			"SPRING_CLOUD_AWS_SECRETSMANAGER_ENDPOINT", "spring.cloud.aws.region.static",
			"spring.cloud.bootstrap.enabled", "spring.cloud.config.uri", "spring.cloud.config.password",
			"spring.cloud.function.definition", "spring.cloud.gateway.routes[0].uri",
			"spring.cloud.gateway.server.webflux.routes[0].uri", "spring.cloud.consul.host", "spring.cloud.vault.uri",
			"spring.cloud.azure.keyvault.secret.property-sources[0].endpoint",
			"spring.cloud.stream.binders.x.environment.spring.main.sources", "spring.cloud-aws-endpoint",
			"spring.main-x.password" })
	void whenPropertyLoadsCodeOrConfigurationThenItIsLeftOut(String name) {
		assertThat(FrameworkProperties.canBeSetBySecret(name)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "server.port", "SERVER_PORT", "server.address", "server.servlet.context-path",
			"server.ssl.enabled", "server.ssl.client-auth", "management.server.port", "management.server.address",
			"management.endpoints.web.exposure.include", "MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE",
			"management.endpoint.env.show-values", "management.endpoint.heapdump.access",
			"management.endpoints.web.cors.allow-credentials", "management.otlp.metrics.export.url",
			"management.zipkin.tracing.endpoint", "management.datadog.metrics.export.uri",
			"management.elastic.metrics.export.host", "spring.rsocket.server.port", "spring.grpc.server.port",
			"spring.grpc.server.address", "spring.ldap.embedded.port",
			"spring.security.oauth2.resourceserver.jwt.issuer-uri",
			"spring.security.oauth2.resourceserver.jwt.jwk-set-uri",
			"spring.security.oauth2.resourceserver.jwt.public-key-location",
			"spring.security.oauth2.client.provider.okta.issuer-uri",
			"spring.security.oauth2.client.registration.okta.redirect-uri", "spring.security.user.roles",
			"spring.security.filter.dispatcher-types" })
	void whenPropertyOpensOrTrustsSomethingThenItIsLeftOut(String name) {
		assertThat(FrameworkProperties.canBeSetBySecret(name)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.datasource.driver-class-name", "SPRING_DATASOURCE_DRIVER_CLASS_NAME",
			"spring.datasource.type", "spring.datasource.jndi-name", "spring.datasource.hikari.data-source-class-name",
			"spring.datasource.hikari.connection-init-sql", "spring.datasource.hikari.credentials-provider-class-name",
			"spring.datasource.hikari.exception-override-class-name", "spring.datasource.hikari.data-source-j-n-d-i",
			"spring.datasource.tomcat.connection-properties", "spring.datasource.dbcp2.connection-init-sqls",
			"spring.sql.init.schema-locations", "spring.sql.init.data-locations", "spring.sql.init.mode",
			"spring.jpa.properties.hibernate.connection.driver_class",
			"spring.jpa.properties.hibernate.hbm2ddl.import_files", "spring.jpa.hibernate.ddl-auto",
			"spring.kafka.properties.sasl.client.callback.handler.class", "spring.kafka.properties[sasl.login.class]",
			"spring.kafka.consumer.key-deserializer", "spring.kafka.producer.properties.interceptor.classes",
			"spring.kafka.jaas.login-module", "spring.rabbitmq.ssl.validate-server-certificate",
			"SPRING_RABBITMQ_SSL_VALIDATESERVERCERTIFICATE", "SPRING_RABBITMQ_SSL_VALIDATE_SERVER_CERTIFICATE",
			"spring.web.resources.static-locations", "spring.thymeleaf.prefix", "spring.mvc.view.prefix",
			"spring.freemarker.template-loader-path", "spring.messages.basename", "spring.mail.jndi-name",
			"spring.jms.jndi-name", "spring.flyway.locations", "spring.flyway.init-sqls", "spring.liquibase.change-log",
			"spring.quartz.properties.org.quartz.scheduler.rmi.export",
			"spring.quartz.properties.org.quartz.dataSource.x.jndiURL", "spring.servlet.multipart.location",
			"spring.hazelcast.config", "spring.cache.jcache.config", "spring.h2.console.enabled",
			"spring.activemq.packages.trust-all", "spring.data.rest.base-path" })
	void whenPropertyNamesClassesFilesOrStatementsThenItIsLeftOut(String name) {
		assertThat(FrameworkProperties.canBeSetBySecret(name)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.datasource.url", "spring.datasource.username", "spring.datasource.password",
			"SPRING_DATASOURCE_URL", "SPRING_DATASOURCE_PASSWORD", "spring.datasource.hikari.password",
			"spring.datasource.hikari.jdbc-url", "spring.r2dbc.url", "spring.r2dbc.username", "spring.r2dbc.password",
			"spring.data.redis.url", "spring.data.redis.host", "spring.data.redis.port", "spring.data.redis.password",
			"spring.data.redis.username", "spring.data.redis.sentinel.password", "spring.data.redis.cluster.nodes[0]",
			"spring.security.oauth2.client.registration.okta.client-secret",
			"spring.security.oauth2.client.registration.okta.client-id",
			"SPRING_SECURITY_OAUTH2_CLIENT_REGISTRATION_OKTA_CLIENT_SECRET",
			"SPRING_SECURITY_OAUTH2_CLIENT_REGISTRATION_OKTA_CLIENTSECRET",
			"spring.security.oauth2.resourceserver.opaquetoken.client-secret", "spring.security.user.name",
			"spring.security.user.password", "SPRING_SECURITY_USER_NAME",
			"spring.ssl.bundle.pem.web.keystore.certificate", "spring.ssl.bundle.pem.web.keystore.private-key",
			"spring.ssl.bundle.pem.web.keystore.private-key-password",
			"spring.ssl.bundle.pem.web.truststore.certificate", "spring.ssl.bundle.jks.web.keystore.password",
			"spring.ssl.bundle.jks.web.key.password", "spring.mail.host", "spring.mail.username",
			"spring.mail.password", "spring.rabbitmq.host", "spring.rabbitmq.password", "spring.rabbitmq.addresses",
			"spring.rabbitmq.virtual-host", "spring.rabbitmq.stream.password", "spring.kafka.bootstrap-servers",
			"spring.kafka.properties.sasl.jaas.config", "spring.kafka.properties[sasl.jaas.config]",
			"SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG", "spring.kafka.ssl.key-store-key",
			"spring.kafka.ssl.key-store-certificate-chain", "spring.kafka.jaas.options.password",
			"spring.kafka.properties.basic.auth.user.info", "spring.mongodb.uri", "spring.data.mongodb.uri",
			"spring.data.mongodb.database", "spring.ldap.urls", "spring.ldap.urls[0]", "spring.ldap.password",
			"spring.elasticsearch.api-key", "spring.elasticsearch.apiKey", "spring.elasticsearch.uris",
			"SPRING_ELASTICSEARCH_URIS_0", "spring.neo4j.uri", "spring.neo4j.authentication.kerberos-ticket",
			"spring.cassandra.contact-points", "spring.couchbase.connection-string", "spring.pulsar.client.service-url",
			"spring.activemq.broker-url", "spring.sendgrid.api-key", "spring.liquibase.license-key",
			"spring.flyway.user", "spring.ai.openai.api-key", "spring.boot.admin.client.password",
			"spring.http.serviceclient.stripe.default-header.Authorization", "spring.cloud.vault.token",
			"spring.ai.bedrock.aws.access-key-id", "management.otlp.metrics.export.headers.Authorization",
			"server.ssl.key-store-password", "server.ssl.key-password", "server.ssl.certificate",
			"server.ssl.certificate-private-key", "SERVER_SSL_KEYSTOREPASSWORD",
			"management.datadog.metrics.export.api-key", "management.dynatrace.metrics.export.api-token",
			"management.newrelic.metrics.export.account-id", "management.elastic.metrics.export.api-key-credentials",
			"management.influx.metrics.export.user-name", "management.prometheus.metrics.export.pushgateway.token" })
	void whenPropertyIsACredentialThenASecretMaySetIt(String name) {
		assertThat(FrameworkProperties.include(name)).isTrue();
		assertThat(FrameworkProperties.canBeSetBySecret(name)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "STRIPE_SECRET_KEY", "stripe.key", "springfield.key", "springfield_url", "servers.url",
			"serverless.region", "SERVERLESS_REGION", "secretsanta.name", "management-team", "server-name",
			"secrets-bucket", "logging-bucket", "spring", "server", "SECRETS", "debugger", "DEBUG_LEVEL", "trace.id",
			"my.spring.main.sources", "my-spring.main.sources", "MY_SPRING_MAIN_SOURCES", "spring-main.sources",
			"springmain.sources", "", "_", "...", "[0]" })
	void whenNameIsNotOfTheFrameworkThenASecretMaySetIt(String name) {
		assertThat(FrameworkProperties.include(name)).isFalse();
		assertThat(FrameworkProperties.canBeSetBySecret(name)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "spring.main.banner-mode,spring.main.banner-mode,true",
			"spring.main.banner-mode,SPRING_MAIN_BANNER_MODE,true",
			"spring.main.banner-mode,SPRING_MAIN_BANNERMODE,true",
			"SPRING_MAIN_BANNER_MODE,spring.main.bannerMode,true", "spring.main.banner-mode,spring.main.sources,false",
			"spring.main.banner-mode,spring.main.banner-mode.x,false", "management.*,management.server.port,true",
			"management.*,MANAGEMENT_SERVER_PORT,true", "management.*,managements.server.port,false",
			"spring.main.*,spring.mainframe.x,false", "spring.main.*,spring.main.sources[0],true",
			"spring.main.*,spring.main,false", "spring.main.sources.*,spring.main.sources[0],true",
			"*,spring.main.sources,true", "spring.main,spring.main.sources,false", "'',spring.main.sources,false",
			".*,spring.main.sources,false" })
	void whenNamesAreAllowedThenPatternsMatchInAnySpelling(String pattern, String name, boolean allowed) {
		assertThat(new AllowedNames(List.of(pattern)).contain(name)).isEqualTo(allowed);
	}

	@ParameterizedTest
	@CsvSource({ "management.*,true", "*,true", "spring.main.banner-mode,true", "spring.*.sources,false",
			"management*,false", "**,false", "*.*,false" })
	void whenPatternHasAsterisksThenOnlyOneAtItsEndIsValid(String pattern, boolean valid) {
		assertThat(AllowedNames.isValid(pattern)).isEqualTo(valid);
	}

}
