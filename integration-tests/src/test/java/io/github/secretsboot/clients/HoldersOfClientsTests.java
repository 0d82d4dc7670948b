package io.github.secretsboot.clients;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.secretsboot.holders.BeanRoots;
import io.github.secretsboot.holders.Holder;
import io.github.secretsboot.holders.HolderReport;
import io.github.secretsboot.holders.HolderSearch;
import io.github.secretsboot.holders.Root;
import io.github.secretsboot.holders.SearchBudget;
import io.github.secretsboot.holders.SoughtValues;
import io.github.secretsboot.holders.ValueForm;
import io.github.secretsboot.test.SecretsManagerServer;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.Hibernate;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests where the clients that Spring Boot makes keep their passwords. A place that is
 * missing here is one that an application would not be told of, and one that is too much
 * a false alarm.
 */
class HoldersOfClientsTests {

	private static final SecretsManagerServer server = SecretsManagerServer.start();

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void run() {
		context = Clients.run(server);
	}

	@AfterAll
	static void close() {
		context.close();
		server.close();
	}

	@Test
	void whenClientsHavePasswordsFromSecretThenEachPlaceIsFound() {
		HolderReport report = search(BeanRoots.of(context.getBeanFactory()), Clients.values());
		assertThat(clients(report)).containsExactlyInAnyOrderElementsOf("""
				clientRegistrationRepository registrations[github].clientSecret
				dataSource credentials.password
				elasticsearchRestClient client.credentialsProvider.credMap[*].password
				jmsConnectionFactory targetConnectionFactory.password
				ldapContextSource password
				mailSender password
				mongo settings.credential.password
				neo4jDriver sessionFactory.authTokenManager.authToken.content[credentials].val
				partnerClient builder.defaultHeaders.headers.targetMap.targetMap[Authorization][0]
				partnerClient defaultHeaders.headers.targetMap.targetMap[Authorization][0]
				redisConnectionFactory configuration.password.thePassword
				""".lines().toList());
		assertThat(report.complete()).isTrue();
	}

	@Test
	void whenPropertiesAreBoundThenTheirBeansAreFound() {
		HolderReport report = search(BeanRoots.of(context.getBeanFactory()), Clients.values());
		assertThat(report.holders()).filteredOn(HoldersOfClientsTests::isOfProperties)
			.flatExtracting(Holder::properties)
			.containsExactlyInAnyOrderElementsOf(
					Clients.values().keySet().stream().filter((name) -> !name.equals("partner.password")).toList());
	}

	@Test
	void whenPasswordIsInLongerTextOrEncodedThenFormSaysSo() {
		Map<String, ValueForm> forms = search(BeanRoots.of(context.getBeanFactory()), Clients.values()).holders()
			.stream()
			.collect(Collectors.toMap(Holder::bean, Holder::form, (first, second) -> first));
		assertThat(forms).containsEntry("mailSender", ValueForm.WHOLE)

			.containsEntry("partnerClient", ValueForm.BASE64);
	}

	@Test
	void whenNobodyHasValueThenNoPlaceIsFound() {
		assertThat(search(BeanRoots.of(context.getBeanFactory()), Map.of("partner.password", "canary-nobody-has-this"))
			.holders()).isEmpty();
	}

	@Test
	void whenEntityHasLazyCollectionThenNothingIsLoaded() {
		SessionFactory sessionFactory = context.getBean(EntityManagerFactory.class).unwrap(SessionFactory.class);
		try (EntityManager entityManager = sessionFactory.createEntityManager()) {
			long id = saveBasket(entityManager);
			Basket basket = entityManager.find(Basket.class, id);
			Statistics statistics = sessionFactory.getStatistics();
			long statements = statistics.getPrepareStatementCount();
			HolderReport report = search(List.of(new Root("basket", basket)),
					Map.of("token", "canary-token-of-basket"));
			assertThat(report.holders()).contains(new Holder("basket", "token", Set.of("token"), ValueForm.WHOLE));
			assertThat(statistics.getPrepareStatementCount()).isEqualTo(statements);
			assertThat(Hibernate.isInitialized(basket.getItems())).isFalse();
		}
	}

	private static long saveBasket(EntityManager entityManager) {
		entityManager.getTransaction().begin();
		Basket basket = new Basket("canary-token-of-basket");
		basket.getItems().add("book");
		entityManager.persist(basket);
		entityManager.getTransaction().commit();
		entityManager.clear();
		return basket.getId();
	}

	private static HolderReport search(List<Root> roots, Map<String, String> values) {
		return new HolderSearch(SearchBudget.DEFAULT).search(roots, SoughtValues.of(values, List.of()));
	}

	private static List<String> clients(HolderReport report) {
		return report.holders()
			.stream()
			.filter((holder) -> !isOfProperties(holder))
			.map((holder) -> holder.bean() + " " + holder.member())
			.toList();
	}

	private static boolean isOfProperties(Holder holder) {
		return holder.bean().endsWith("Properties");
	}

}
