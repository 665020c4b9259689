package pregao.gateway.key;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

import pregao.contracts.Topic;
import pregao.contracts.key.ApiKey;
import pregao.contracts.key.KeyCodec;
import pregao.contracts.key.Scope;
import pregao.contracts.login.LoginRevocation;
import pregao.contracts.login.LoginRevocationCodec;
import pregao.devcluster.kafka.LocalKafka;
import pregao.gateway.RunningGateway;
import pregao.gateway.login.RevokedLogins;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ApiKeyTopicListener} with a real Kafka broker.
 */
class ApiKeyTopicListenerTests {

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
            createTopic(kafka, Topic.LOGIN);
            createTopic(kafka, Topic.KEY);
            Awaitility.await("ready once the topic is there and read")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> gateway.client().get().uri("/readyz").exchange().expectStatus().isOk());
            assertThat(gateway.keys().find("k")).isEmpty();
            publish(kafka, key("k", false));
            Awaitility.await("a new key is known")
                .atMost(Duration.ofSeconds(60))
                .until(() -> gateway.keys().find("k").isPresent());
            publish(kafka, key("k", true));
            Awaitility.await("a revoked key is not")
                .atMost(Duration.ofSeconds(60))
                .until(() -> gateway.keys().find("k").isEmpty());
            publish(kafka, new ProducerRecord<>(Topic.LOGIN.topicName(), "x", new byte[] { 1 }));
            publish(kafka, new ProducerRecord<>(Topic.LOGIN.topicName(), "l",
                    LoginRevocationCodec.encode(new LoginRevocation("l", Instant.EPOCH))));
            Awaitility.await("an ended login is known")
                .atMost(Duration.ofSeconds(60))
                .until(() -> gateway.bean(RevokedLogins.class).contains("l"));
        }
    }

    private static ProducerRecord<String, byte[]> key(String text, boolean revoked) {
        ApiKey key = RunningGateway.key(text, revoked, Scope.READ);
        return new ProducerRecord<>(Topic.KEY.topicName(), key.hash(), KeyCodec.encode(key));
    }

    private static void createTopic(LocalKafka kafka, Topic topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic.topicName(), 1, (short) 1))).all().get(60, TimeUnit.SECONDS);
        }
    }

    private static void publish(LocalKafka kafka, ProducerRecord<String, byte[]> entry) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()), new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(entry).get(60, TimeUnit.SECONDS);
        }
    }

}
