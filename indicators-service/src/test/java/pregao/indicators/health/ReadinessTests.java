package pregao.indicators.health;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;

import pregao.indicators.IndicatorsTestEnvironment;
import pregao.indicators.pipeline.TestKafka;
import pregao.testsupport.MarketTestDatabase;
import pregao.testsupport.ServiceUnderTest;

/**
 * Tests for the readiness of the service.
 */
class ReadinessTests {

    @Test
    void waitsForTheLoop() {
        try (ServiceUnderTest service = IndicatorsTestEnvironment.start(MarketTestDatabase.shared(),
                "http://127.0.0.1:1/keys", "--PREGAO_KAFKA=127.0.0.1:1")) {
            WebTestClient client = service.client();
            Awaitility.await("not ready without Kafka")
                .during(Duration.ofSeconds(2))
                .atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> client.get().uri("/readyz").exchange().expectStatus().isEqualTo(503));
            client.get().uri("/livez").exchange().expectStatus().isOk();
        }
    }

    @Test
    void waitsForTheSchemaAndForTheDatabase() {
        MarketTestDatabase database = MarketTestDatabase.empty();
        try (ServiceUnderTest service = IndicatorsTestEnvironment.start(database, "http://127.0.0.1:1/keys",
                "--PREGAO_KAFKA=" + TestKafka.servers(), "--pregao.partitions=" + TestKafka.PARTITIONS)) {
            WebTestClient client = service.client();
            client.get().uri("/readyz").exchange().expectStatus().isEqualTo(503);
            client.get().uri("/livez").exchange().expectStatus().isOk();
            database.migrated();
            Awaitility.await("ready after the migration")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> client.get().uri("/readyz").exchange().expectStatus().isOk());
            database.stop();
            Awaitility.await("not ready without the database")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> client.get().uri("/readyz").exchange().expectStatus().isEqualTo(503));
            client.get().uri("/livez").exchange().expectStatus().isOk();
        }
    }

}
