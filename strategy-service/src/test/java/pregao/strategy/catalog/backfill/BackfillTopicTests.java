package pregao.strategy.catalog.backfill;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import pregao.contracts.Instrument;
import pregao.contracts.Topic;
import pregao.contracts.backfill.BackfillCodec;
import pregao.contracts.backfill.BackfillRequest;
import pregao.devcluster.kafka.LocalKafka;
import pregao.strategy.StrategyDatabase;
import pregao.strategy.StrategyTestEnvironment;
import pregao.strategy.catalog.TestCallers;
import pregao.testsupport.ServiceUnderTest;
import pregao.testsupport.TestTokenIssuer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the backfill requests of a running service on a real broker.
 */
class BackfillTopicTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Test
    void receivesRequestsOfAnalysis(@TempDir Path folder) throws Exception {
        TestTokenIssuer tokenIssuer = new TestTokenIssuer();
        try (LocalKafka kafka = startKafka(folder);
                Consumer<String, byte[]> consumer = createConsumer(kafka);
                ServiceUnderTest service = StrategyTestEnvironment.start(StrategyDatabase.shared().market(),
                        tokenIssuer.url(), "--PREGAO_KAFKA=" + kafka.bootstrapServers())) {
            TestCallers caller = new TestCallers(service, tokenIssuer, UUID.randomUUID());
            String symbol = "W" + UUID.randomUUID().toString().substring(0, 8);
            String request = "{\"feed\": \"binance\", \"symbols\": [\"%s\"]}".formatted(symbol);
            JsonNode insufficientSample = caller.analyze(request).get("findings").get("too_few").get(0);
            assertThat(insufficientSample.get("asked").asBoolean()).isTrue();
            List<BackfillRequest> backfillRequests = new ArrayList<>();
            Awaitility.await("the wish").atMost(TIMEOUT).until(() -> {
                consumer.poll(Duration.ofMillis(200))
                    .forEach((consumerRecord) -> backfillRequests.add(BackfillCodec.decode(consumerRecord.value())));
                return !backfillRequests.isEmpty();
            });
            assertThat(backfillRequests.getFirst().instrument()).isEqualTo(new Instrument("binance", symbol));
            assertThat(backfillRequests.getFirst().to() - backfillRequests.getFirst().from()).as("100 blocks and more")
                .isGreaterThan(500 * 60_000L);
        }
        finally {
            tokenIssuer.stop();
        }
    }

    private static LocalKafka startKafka(Path folder) throws Exception {
        LocalKafka kafka = LocalKafka.start(folder, 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(Topic.BACKFILL.topicName(), 1, (short) 1))).all().get();
        }
        return kafka;
    }

    private static Consumer<String, byte[]> createConsumer(LocalKafka kafka) {
        Consumer<String, byte[]> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = List.of(new TopicPartition(Topic.BACKFILL.topicName(), 0));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

}
