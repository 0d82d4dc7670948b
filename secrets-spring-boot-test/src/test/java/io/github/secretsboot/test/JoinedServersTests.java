package io.github.secretsboot.test;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for servers that know each other.
 */
class JoinedServersTests {

	private static final String NAME = "myapp/test/api-keys";

	private final SecretsManagerServer ireland = SecretsManagerServer.builder().region("eu-west-1").start();

	private final SecretsManagerServer frankfurt = SecretsManagerServer.builder()
		.region("eu-central-1")
		.join(this.ireland)
		.start();

	@AfterEach
	void close() {
		this.ireland.close();
		this.frankfurt.close();
	}

	@Test
	void whenReplicatedThenTheOtherRegionServesAndFollows() {
		String first = this.ireland.create(NAME, "canary-1");
		this.ireland.replicate(NAME, "eu-central-1");
		assertThat(read(this.frankfurt).versionId()).isEqualTo(first);
		assertThat(this.frankfurt.arn(NAME)).isEqualTo(this.ireland.arn(NAME).replace("eu-west-1", "eu-central-1"));
		String second = this.ireland.rotate(NAME, "canary-2");
		assertThat(read(this.frankfurt).versionId()).isEqualTo(second);
		assertThat(this.frankfurt.find(NAME, "AWSPREVIOUS").orElseThrow().versionId()).isEqualTo(first);
	}

	@Test
	void whenReplicaIsChangedThenRefused() {
		this.ireland.create(NAME, "canary-1");
		this.ireland.replicate(NAME, "eu-central-1");
		assertThatIllegalStateException().isThrownBy(() -> this.frankfurt.rotate(NAME, "canary-2"))
			.withMessageStartingWith("InvalidParameterException: Operation not permitted on a replica secret.");
	}

	@Test
	void whenPromotedThenEachGoesItsOwnWay() {
		String first = this.ireland.create(NAME, "canary-1");
		this.ireland.replicate(NAME, "eu-central-1");
		this.frankfurt.promote(NAME);
		String second = this.frankfurt.rotate(NAME, "canary-2");
		assertThat(this.ireland.currentVersionId(NAME)).isEqualTo(first);
		this.ireland.delete(NAME);
		assertThat(read(this.frankfurt).versionId()).isEqualTo(second);
	}

	@Test
	void whenRegionGoesDownThenTheOtherServesAndItsReturnFindsWhatItHad() {
		this.ireland.create(NAME, "canary-1");
		this.ireland.replicate(NAME, "eu-central-1");
		this.ireland.close();
		assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> read(this.ireland));
		assertThat(read(this.frankfurt)).isNotNull();
		try (SecretsManagerServer again = SecretsManagerServer.builder()
			.region("eu-west-1")
			.join(this.frankfurt)
			.start()) {
			String second = again.rotate(NAME, "canary-2");
			assertThat(read(this.frankfurt).versionId()).isEqualTo(second);
		}
	}

	@Test
	void whenNotReplicatedThenRegionsAreApart() {
		this.ireland.create(NAME, "canary-1");
		assertThat(this.frankfurt.find(NAME, "AWSCURRENT")).isEmpty();
		this.frankfurt.create(NAME, "canary-2");
		assertThat("canary-1".equals(read(this.ireland).secretString())).isTrue();
	}

	@Test
	void whenFaultsAndCallsThenEachServerHasItsOwn() {
		this.ireland.create(NAME, "canary-1");
		this.ireland.replicate(NAME, "eu-central-1");
		this.ireland.fail(Fault.internalError());
		read(this.frankfurt);
		SecretsManagerContract.assertError(() -> read(this.ireland), "InternalServiceError");
		assertThat(this.frankfurt.calls()).isOne();
	}

	@Test
	void whenAccountThenArnsNameIt() {
		try (SecretsManagerServer other = SecretsManagerServer.builder().account("111122223333").start()) {
			other.create(NAME, "canary-1");
			assertThat(other.arn(NAME)).startsWith("arn:aws:secretsmanager:us-east-1:111122223333:secret:" + NAME);
		}
		assertThatIllegalArgumentException().isThrownBy(() -> SecretsManagerServer.builder().account("mine"))
			.withMessageContaining("mine");
	}

	@Test
	void whenEveryRegionThenTheSignatureSaysWhich() {
		try (SecretsManagerServer server = SecretsManagerServer.builder().everyRegion().start();
				SecretsManagerClient tokyo = TestClients.client(server.endpoint(), "ap-northeast-1",
						TestClients.PATIENCE)) {
			server.create(NAME, "canary-1");
			assertThat(read(server)).isNotNull();
			SecretsManagerContract.assertError(() -> tokyo.getSecretValue((request) -> request.secretId(NAME)),
					"ResourceNotFoundException");
			assertThat(tokyo.createSecret((request) -> request.name(NAME)).arn()).contains(":ap-northeast-1:");
		}
	}

	private static GetSecretValueResponse read(SecretsManagerServer server) {
		try (SecretsManagerClient client = TestClients.client(server)) {
			return client.getSecretValue((request) -> request.secretId(NAME));
		}
	}

}
