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
 * Wishes of a running service, on a real broker.
 */
class BackfillTopicTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Test
    void hasTheWishesOfAnAnalysis(@TempDir Path folder) throws Exception {
        TestTokenIssuer signer = new TestTokenIssuer();
        try (LocalKafka kafka = started(folder);
                Consumer<String, byte[]> topic = consumer(kafka);
                ServiceUnderTest service = StrategyTestEnvironment.start(StrategyDatabase.shared().market(),
                        signer.url(), "--PREGAO_KAFKA=" + kafka.bootstrapServers())) {
            TestCallers caller = new TestCallers(service, signer, UUID.randomUUID());
            String symbol = "W" + UUID.randomUUID().toString().substring(0, 8);
            String wish = "{\"feed\": \"binance\", \"symbols\": [\"%s\"]}".formatted(symbol);
            JsonNode first = caller.analysed(wish).get("findings").get("too_few").get(0);
            assertThat(first.get("asked").asBoolean()).isTrue();
            List<BackfillRequest> wishes = new ArrayList<>();
            Awaitility.await("the wish").atMost(TIMEOUT).until(() -> {
                topic.poll(Duration.ofMillis(200))
                    .forEach((consumerRecord) -> wishes.add(BackfillCodec.decode(consumerRecord.value())));
                return !wishes.isEmpty();
            });
            assertThat(wishes.getFirst().instrument()).isEqualTo(new Instrument("binance", symbol));
            assertThat(wishes.getFirst().to() - wishes.getFirst().from()).as("100 blocks and more")
                .isGreaterThan(500 * 60_000L);
        }
        finally {
            signer.stop();
        }
    }

    private static LocalKafka started(Path folder) throws Exception {
        LocalKafka kafka = LocalKafka.start(folder, 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(Topic.BACKFILL.topicName(), 1, (short) 1))).all().get();
        }
        return kafka;
    }

    private static Consumer<String, byte[]> consumer(LocalKafka kafka) {
        Consumer<String, byte[]> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> all = List.of(new TopicPartition(Topic.BACKFILL.topicName(), 0));
        consumer.assign(all);
        consumer.seekToBeginning(all);
        return consumer;
    }

}
