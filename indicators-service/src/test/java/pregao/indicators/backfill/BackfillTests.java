package pregao.indicators.backfill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import pregao.contracts.Instrument;
import pregao.contracts.Topic;
import pregao.contracts.backfill.BackfillCodec;
import pregao.contracts.backfill.BackfillRequest;
import pregao.indicators.IndicatorsTestEnvironment;
import pregao.indicators.pipeline.TestKafka;
import pregao.testsupport.MarketTestDatabase;
import pregao.testsupport.ServiceUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the backfill requests of two running replicas.
 */
class BackfillTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final MarketTestDatabase database = MarketTestDatabase.empty().migrated();

    @Test
    void askOnceForEachGapOfALiveFeed() {
        this.database.execute("""
                insert into market.feed values ('wish-replay', 'mid', 'UTC', 1000, 'always', true)""");
        minutes("wish-live", "FIRST", 300, 200);
        minutes("wish-live", "FIRST", 170, 20);
        minutes("wish-replay", "FIRST", 300, 200);
        minutes("wish-replay", "FIRST", 170, 1);
        try (ServiceUnderTest firstService = start();
                ServiceUnderTest secondService = start();
                Consumer<String, byte[]> consumer = consumer()) {
            List<BackfillRequest> requests = new ArrayList<>();
            awaitRequest(consumer, requests, new Instrument("wish-live", "FIRST"));
            assertThat(requests.getFirst().to() - requests.getFirst().from()).isEqualTo(29 * 60_000);
            metrics(firstService, "pregao_gaps{feed=\"wish-live\"} 2.0");
            metrics(secondService, "pregao_freshness_seconds{feed=\"wish-live\"}");

            // A request for later candles shows that another scan has run.
            minutes("wish-live", "SECOND", 300, 200);
            minutes("wish-live", "SECOND", 170, 20);
            awaitRequest(consumer, requests, new Instrument("wish-live", "SECOND"));
            assertThat(requests).hasSize(2);
        }
        finally {
            this.database.stop();
        }
    }

    private ServiceUnderTest start() {
        return IndicatorsTestEnvironment.start(this.database, "http://127.0.0.1:1/keys",
                "--PREGAO_KAFKA=" + TestKafka.servers(), "--pregao.partitions=" + TestKafka.PARTITIONS,
                "--pregao.backfill.interval=500ms");
    }

    private static void metrics(ServiceUnderTest service, String line) {
        Awaitility.await("metrics have " + line)
            .atMost(TIMEOUT)
            .until(() -> new String(service.managementClient()
                .get()
                .uri("/metrics")
                .exchange()
                .expectBody()
                .returnResult()
                .getResponseBodyContent(), java.nio.charset.StandardCharsets.UTF_8).contains(line));
    }

    private static void awaitRequest(Consumer<String, byte[]> consumer, List<BackfillRequest> requests,
            Instrument instrument) {
        Awaitility.await("a wish for " + instrument).atMost(TIMEOUT).until(() -> {
            consumer.poll(Duration.ofMillis(200)).forEach((message) -> {
                BackfillRequest request = BackfillCodec.decode(message.value());
                assertThat(message.key()).isEqualTo(request.instrument().key());
                requests.add(request);
            });
            return requests.stream().anyMatch((request) -> request.instrument().equals(instrument));
        });
    }

    private static Consumer<String, byte[]> consumer() {
        Consumer<String, byte[]> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", TestKafka.servers()),
                new StringDeserializer(), new ByteArrayDeserializer());
        Awaitility.await("the topic is made")
            .atMost(TIMEOUT)
            .until(() -> consumer.listTopics().containsKey(Topic.BACKFILL.topicName()));
        List<TopicPartition> topicPartitions = consumer.partitionsFor(Topic.BACKFILL.topicName())
            .stream()
            .map((partitionInfo) -> new TopicPartition(partitionInfo.topic(), partitionInfo.partition()))
            .toList();
        consumer.assign(topicPartitions);
        consumer.seekToBeginning(topicPartitions);
        return consumer;
    }

    /** Stores candles of a period, given in minutes before now. */
    private void minutes(String feed, String symbol, int from, int to) {
        this.database.execute("""
                insert into market.candle (feed, symbol, timeframe, ts, open, high, low, close, volume, source, final,
                  rank, revision)
                select '%1$s', '%2$s', 'M1', date_trunc('minute', now()) - n * interval '1 minute', 1, 1, 1, 1, 1,
                  'given', true, 4, 1
                from generate_series(%4$d, %3$d) n;
                insert into indicators.series
                select feed, symbol, timeframe, min(ts), max(ts) from market.candle
                where feed = '%1$s' and symbol = '%2$s' group by 1, 2, 3
                on conflict (feed, symbol, timeframe) do update set last_ts = excluded.last_ts""".formatted(feed,
                symbol, from, to));
    }

}
