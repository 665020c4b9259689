package pregao.gateway.key;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pregao.contracts.key.ApiKey;
import pregao.contracts.key.KeyCodec;
import pregao.contracts.key.Scope;
import pregao.gateway.RunningGateway;
import pregao.stack.kafka.LocalKafka;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The topic of keys, read from a real broker.
 */
class KeyTopicTests {

    @Test
    void isReadyOnceTheTopicIsReadAndFollowsIt(@TempDir Path folder) throws Exception {
        try (LocalKafka kafka = LocalKafka.start(folder, 0);
                RunningGateway gateway = RunningGateway.startWithKafka(kafka.bootstrapServers())) {
            gateway.client().get().uri("/readyz").exchange().expectStatus().isEqualTo(503);
            gateway.client().get().uri("/livez").exchange().expectStatus().isOk();
            gateway.client()
                .get()
                .uri("/api/instruments")
                .header("X-API-Key", "k")
                .exchange()
                .expectStatus()
                .isEqualTo(503);
            createTopic(kafka);
            Awaitility.await("ready once the topic is there and read")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> gateway.client().get().uri("/readyz").exchange().expectStatus().isOk());
            assertThat(gateway.keys().find("k")).isEmpty();
            publish(kafka, RunningGateway.key("k", false, Scope.READ));
            Awaitility.await("a new key is known")
                .atMost(Duration.ofSeconds(60))
                .until(() -> gateway.keys().find("k").isPresent());
            publish(kafka, RunningGateway.key("k", true, Scope.READ));
            Awaitility.await("a revoked key is not")
                .atMost(Duration.ofSeconds(60))
                .until(() -> gateway.keys().find("k").isEmpty());
        }
    }

    private static void createTopic(LocalKafka kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("key", 1, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                .all()
                .get(60, TimeUnit.SECONDS);
        }
    }

    private static void publish(LocalKafka kafka, ApiKey key) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()), new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("key", key.hash(), KeyCodec.encode(key))).get(60, TimeUnit.SECONDS);
        }
    }

}
