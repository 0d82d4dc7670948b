package io.github.secretsboot.env;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.secretsboot.fetch.FetchSettings;
import io.github.secretsboot.fetch.PlainText;
import io.github.secretsboot.mapping.AllowedNames;
import io.github.secretsboot.mapping.DatabaseTarget;
import io.github.secretsboot.mapping.MappingRules;
import io.github.secretsboot.mapping.SecretFormat;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The configuration properties of this library. Bound from the environment before the
 * application context exists; region, credentials and endpoint are Spring Cloud AWS's.
 */
@ConfigurationProperties(SecretsProperties.PREFIX)
public class SecretsProperties {

	static final String PREFIX = "secrets";

	static final String ENABLED = PREFIX + ".enabled";

	/**
	 * Whether to load secrets. If 'false', no client is created, and neither region nor
	 * credentials are needed. In Spring Boot tests the default is 'false' unless an
	 * endpoint is configured.
	 */
	private boolean enabled = true;

	/**
	 * Replacement for '{env}' in the names of secrets. Default is each active profile in
	 * turn, or 'default' if none is active.
	 */
	private @Nullable String environment;

	/**
	 * Secrets to load. Each entry is a name, an ARN or an object. Later entries win over
	 * earlier ones.
	 */
	private List<Source> sources = new ArrayList<>();

	private final Fetch fetch = new Fetch();

	private final Refresh refresh = new Refresh();

	private final Follow follow = new Follow();

	private final Holders holders = new Holders();

	private final Health health = new Health();

	private final Cost cost = new Cost();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable String getEnvironment() {
		return this.environment;
	}

	public void setEnvironment(@Nullable String environment) {
		this.environment = environment;
	}

	public List<Source> getSources() {
		return this.sources;
	}

	public void setSources(List<Source> sources) {
		this.sources = sources;
	}

	public Fetch getFetch() {
		return this.fetch;
	}

	public Refresh getRefresh() {
		return this.refresh;
	}

	public Follow getFollow() {
		return this.follow;
	}

	public Holders getHolders() {
		return this.holders;
	}

	public Health getHealth() {
		return this.health;
	}

	public Cost getCost() {
		return this.cost;
	}

	/**
	 * How old a secret may become before health says so.
	 * @return the age, or {@code null} without refresh, where age means nothing
	 */
	public @Nullable Duration healthMaxAge() {
		if (!this.refresh.isEnabled()) {
			return null;
		}
		Duration maxAge = this.health.getMaxAge();
		return (maxAge != null) ? maxAge : this.refresh.getInterval().multipliedBy(Health.DEFAULT_INTERVALS);
	}

	void validate(ConfigurationProblems problems) {
		this.fetch.validate(problems);
		this.refresh.validate(problems);
		this.health.validate(problems);
	}

	/**
	 * One secret to load.
	 */
	public static class Source {

		/**
		 * Name or ARN of the secret. '{env}', '{app}' and placeholders expand.
		 */
		private @Nullable String name;

		/**
		 * Text to prepend, as it is, to every property name. With 'as', the default is
		 * 'spring.datasource.' or 'spring.r2dbc.'.
		 */
		private String prefix = "";

		/**
		 * Whether the secret may be missing. It is loaded once it exists.
		 */
		private boolean optional;

		/**
		 * Staging label of the version to load. Default is 'AWSCURRENT'.
		 */
		private @Nullable String stage;

		/**
		 * Id of the version to load. Default is whichever version has the staging label.
		 */
		private @Nullable String versionId;

		/**
		 * Property names by key of the secret. Keys that are not listed keep their names.
		 * With 'as', the key of a database secret that each one stands for.
		 */
		private Map<String, String> keys = new LinkedHashMap<>();

		/**
		 * How to read the text of the secret.
		 */
		private SecretFormat format = SecretFormat.AUTO;

		/**
		 * What a database secret becomes: 'url', 'username' and 'password' of a data
		 * source or of an R2DBC connection factory. Default is one property for each key.
		 */
		private @Nullable DatabaseTarget as;

		/**
		 * Keys to take from the secret, with everything below them. The others are left
		 * out. Default is all keys.
		 */
		private List<String> only = new ArrayList<>();

		/**
		 * Names or patterns, such as 'management.*', of properties that the secret may
		 * set although they configure the framework. By default, such properties are left
		 * out unless they are credentials or addresses.
		 */
		private List<String> allow = new ArrayList<>();

		/**
		 * Whether to also load the values of 'AWSPREVIOUS', each under the name of its
		 * property followed by '.previous'.
		 */
		private boolean previous;

		/**
		 * Region to read the secret in. Default is the region of the ARN, otherwise that
		 * of 'spring.cloud.aws'.
		 */
		private @Nullable String region;

		/**
		 * ARN of the role to assume to read the secret. Needs
		 * 'software.amazon.awssdk:sts'.
		 */
		private @Nullable String roleArn;

		/**
		 * Create a source without a name.
		 */
		public Source() {
		}

		/**
		 * Create a source from its short form.
		 * @param name the name or ARN
		 */
		public Source(String name) {
			this.name = name;
		}

		public @Nullable String getName() {
			return this.name;
		}

		public void setName(@Nullable String name) {
			this.name = name;
		}

		public String getPrefix() {
			return this.prefix;
		}

		public void setPrefix(String prefix) {
			this.prefix = prefix;
		}

		public boolean isOptional() {
			return this.optional;
		}

		public void setOptional(boolean optional) {
			this.optional = optional;
		}

		public @Nullable String getStage() {
			return this.stage;
		}

		public void setStage(@Nullable String stage) {
			this.stage = stage;
		}

		public @Nullable String getVersionId() {
			return this.versionId;
		}

		public void setVersionId(@Nullable String versionId) {
			this.versionId = versionId;
		}

		public Map<String, String> getKeys() {
			return this.keys;
		}

		public void setKeys(Map<String, String> keys) {
			this.keys = keys;
		}

		public SecretFormat getFormat() {
			return this.format;
		}

		public void setFormat(SecretFormat format) {
			this.format = format;
		}

		public @Nullable DatabaseTarget getAs() {
			return this.as;
		}

		public void setAs(@Nullable DatabaseTarget as) {
			this.as = as;
		}

		public List<String> getOnly() {
			return this.only;
		}

		public void setOnly(List<String> only) {
			this.only = only;
		}

		public List<String> getAllow() {
			return this.allow;
		}

		public void setAllow(List<String> allow) {
			this.allow = allow;
		}

		public boolean isPrevious() {
			return this.previous;
		}

		public void setPrevious(boolean previous) {
			this.previous = previous;
		}

		public @Nullable String getRegion() {
			return this.region;
		}

		public void setRegion(@Nullable String region) {
			this.region = region;
		}

		public @Nullable String getRoleArn() {
			return this.roleArn;
		}

		public void setRoleArn(@Nullable String roleArn) {
			this.roleArn = roleArn;
		}

		MappingRules mapping() {
			return new MappingRules(this.prefix, this.keys, this.format, this.as, this.only,
					new AllowedNames(this.allow));
		}

	}

	/**
	 * How secrets are fetched.
	 */
	public static class Fetch {

		/**
		 * Whether to read up to 20 secrets with one 'BatchGetSecretValue' if that saves
		 * calls and is allowed.
		 */
		private Batch batch = Batch.AUTO;

		/**
		 * Whether to read secrets without the AWS SDK's client if the configuration does
		 * not need it.
		 */
		private Client client = Client.AUTO;

		/**
		 * Number of single reads that may be in flight at once.
		 */
		private int concurrency = 16;

		/**
		 * Maximum time for one load or refresh of all secrets, including all retries.
		 */
		private Duration timeout = Duration.ofSeconds(10);

		/**
		 * Regions with replicas of the secrets, tried in this order if the region of a
		 * secret is unavailable.
		 */
		private List<String> failoverRegions = new ArrayList<>();

		public Batch getBatch() {
			return this.batch;
		}

		public void setBatch(Batch batch) {
			this.batch = batch;
		}

		public Client getClient() {
			return this.client;
		}

		public void setClient(Client client) {
			this.client = client;
		}

		public int getConcurrency() {
			return this.concurrency;
		}

		public void setConcurrency(int concurrency) {
			this.concurrency = concurrency;
		}

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

		public List<String> getFailoverRegions() {
			return this.failoverRegions;
		}

		public void setFailoverRegions(List<String> failoverRegions) {
			this.failoverRegions = failoverRegions;
		}

		private void validate(ConfigurationProblems problems) {
			problems.require(this.concurrency >= 1, "secrets.fetch.concurrency", "must be at least 1");
			problems.require(isPositive(this.timeout), "secrets.fetch.timeout", "must be longer than zero");
			problems.require(this.failoverRegions.stream().allMatch(PlainText::is), "secrets.fetch.failover-regions",
					"must be one line without control characters");
		}

		FetchSettings settings() {
			return new FetchSettings(this.batch == Batch.AUTO, this.concurrency, this.timeout, this.failoverRegions);
		}

	}

	/**
	 * Which client makes the calls.
	 */
	public enum Client {

		/** The AWS SDK's client if the configuration needs it, otherwise a small one. */
		AUTO,

		/** Always the AWS SDK's client. */
		SDK

	}

	/**
	 * When to use batches.
	 */
	public enum Batch {

		/** If they save calls and are allowed. */
		AUTO,

		/** Never. */
		NEVER

	}

	/**
	 * How secrets are kept current.
	 */
	public static class Refresh {

		/**
		 * Whether to check secrets for new versions on a schedule.
		 */
		private boolean enabled = true;

		/**
		 * Time between two checks.
		 */
		private Duration interval = Duration.ofMinutes(5);

		/**
		 * Fraction of the interval, from 0 to 1, by which the time between two checks
		 * varies.
		 */
		private double jitter = 0.1;

		/**
		 * Maximum number of refreshes on request in an hour, through the endpoint or in
		 * code. All of them may come at once.
		 */
		private int requestsPerHour = 60;

		/**
		 * What Spring Cloud Context does when secrets change, if it is on the class path.
		 */
		private SpringCloud springCloud = SpringCloud.REFRESH_SCOPE;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public Duration getInterval() {
			return this.interval;
		}

		public void setInterval(Duration interval) {
			this.interval = interval;
		}

		public double getJitter() {
			return this.jitter;
		}

		public void setJitter(double jitter) {
			this.jitter = jitter;
		}

		public int getRequestsPerHour() {
			return this.requestsPerHour;
		}

		public void setRequestsPerHour(int requestsPerHour) {
			this.requestsPerHour = requestsPerHour;
		}

		public SpringCloud getSpringCloud() {
			return this.springCloud;
		}

		public void setSpringCloud(SpringCloud springCloud) {
			this.springCloud = springCloud;
		}

		private void validate(ConfigurationProblems problems) {
			problems.require(isPositive(this.interval), "secrets.refresh.interval", "must be longer than zero");
			problems.require(this.jitter >= 0 && this.jitter <= 1, "secrets.refresh.jitter", "must be from 0 to 1");
			problems.require(this.requestsPerHour >= 1, "secrets.refresh.requests-per-hour", "must be at least 1");
		}

	}

	/**
	 * How clients follow the rotation of their credentials.
	 */
	public static class Follow {

		/**
		 * Whether clients, such as connection pools, follow the rotation of their
		 * credentials.
		 */
		private boolean enabled = true;

		/**
		 * Technologies whose clients do not follow, such as 'hikari'.
		 */
		private List<String> exclude = new ArrayList<>();

		/**
		 * How long to retry a refused login around a rotation. Never longer than a
		 * request waits for a connection.
		 */
		private Duration rotationWindow = Duration.ofSeconds(90);

		/**
		 * Whether to try new credentials with a login before using them. Credentials that
		 * the server refuses are not used.
		 */
		private boolean validate = true;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public List<String> getExclude() {
			return this.exclude;
		}

		public void setExclude(List<String> exclude) {
			this.exclude = exclude;
		}

		public Duration getRotationWindow() {
			return this.rotationWindow;
		}

		public void setRotationWindow(Duration rotationWindow) {
			this.rotationWindow = rotationWindow;
		}

		public boolean isValidate() {
			return this.validate;
		}

		public void setValidate(boolean validate) {
			this.validate = validate;
		}

	}

	/**
	 * Who holds values of secrets.
	 */
	public static class Holders {

		/**
		 * When to look for those in the application who hold a value of a secret: after
		 * each rotation for those who hold the old one, or only on request, or never.
		 */
		private Search search = Search.AFTER_ROTATION;

		public Search getSearch() {
			return this.search;
		}

		public void setSearch(Search search) {
			this.search = search;
		}

		/**
		 * When to look.
		 */
		public enum Search {

			/** After each rotation, and on request. */
			AFTER_ROTATION,

			/** Only on request. */
			ON_REQUEST,

			/** Never. */
			NEVER

		}

	}

	/**
	 * How the health indicator judges secrets.
	 */
	public static class Health {

		static final int DEFAULT_INTERVALS = 3;

		/**
		 * Maximum time since a secret was last confirmed to be current. Beyond it, health
		 * is 'OUT_OF_SERVICE'. Default is three times 'secrets.refresh.interval'.
		 */
		private @Nullable Duration maxAge;

		public @Nullable Duration getMaxAge() {
			return this.maxAge;
		}

		public void setMaxAge(@Nullable Duration maxAge) {
			this.maxAge = maxAge;
		}

		private void validate(ConfigurationProblems problems) {
			problems.require(this.maxAge == null || isPositive(this.maxAge), "secrets.health.max-age",
					"must be longer than zero");
		}

	}

	/**
	 * What AWS charges, for the projected cost.
	 */
	public static class Cost {

		/**
		 * Price of 10,000 calls, in dollars. Default is 0.05.
		 */
		private BigDecimal perTenThousandCalls = new BigDecimal("0.05");

		/**
		 * Price of a secret for a month, in dollars. Default is 0.40.
		 */
		private BigDecimal perSecret = new BigDecimal("0.40");

		public BigDecimal getPerTenThousandCalls() {
			return this.perTenThousandCalls;
		}

		public void setPerTenThousandCalls(BigDecimal perTenThousandCalls) {
			this.perTenThousandCalls = perTenThousandCalls;
		}

		public BigDecimal getPerSecret() {
			return this.perSecret;
		}

		public void setPerSecret(BigDecimal perSecret) {
			this.perSecret = perSecret;
		}

	}

	/**
	 * What Spring Cloud is told when secrets change.
	 */
	public enum SpringCloud {

		/** Beans in {@code @RefreshScope} are created anew. */
		REFRESH_SCOPE,

		/**
		 * The same, after an {@code EnvironmentChangeEvent}, on which Spring Cloud binds
		 * all {@code @ConfigurationProperties} again and resets them in between.
		 */
		ENVIRONMENT_CHANGE,

		/** Nothing. */
		NONE

	}

	private static boolean isPositive(Duration duration) {
		return !duration.isNegative() && !duration.isZero();
	}

}
