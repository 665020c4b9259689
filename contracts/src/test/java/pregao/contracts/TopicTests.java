package pregao.contracts;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import pregao.contracts.Topic.Service;

import static org.assertj.core.api.Assertions.assertThat;

class TopicTests {

    @Test
    void namesEveryTopicOfTheFlow() {
        assertThat(Arrays.stream(Topic.values()).map(Topic::topicName)).containsExactly("tick", "candle", "indicator",
                "signal", "order", "trade", "position", "execution-report", "session", "login", "feed", "key",
                "backfill");
        assertThat(Topic.TICK.deadLetterTopic()).isEqualTo("tick.dlt");
        assertThat(Arrays.stream(Topic.values()))
            .allSatisfy((topic) -> assertThat(Topic.named(topic.topicName())).isEqualTo(topic));
    }

    @Test
    void givesMarketTopicsOfOneInstrumentTheSamePartitions() {
        assertThat(Arrays.stream(Topic.values())
            .filter((topic) -> topic.key() == Topic.RecordKey.INSTRUMENT)
            .map((topic) -> topic.partitions(12))).hasSize(4).containsOnly(12);
    }

    @Test
    void keepsSettingsForEverInOnePartition() {
        assertThat(Arrays.stream(Topic.values()).filter(Topic::compacted)).containsExactly(Topic.FEED, Topic.KEY)
            .allSatisfy((topic) -> assertThat(topic.partitions(12)).isOne());
    }

    @Test
    void keepsTheMarketAWeekAndTheLedgerAMonth() {
        assertThat(Topic.CANDLE.retention()).isEqualTo(Duration.ofDays(7));
        assertThat(Topic.ORDER.retention()).isEqualTo(Duration.ofDays(30));
        assertThat(Topic.EXECUTION_REPORT.retention()).isEqualTo(Duration.ofDays(30));
        assertThat(Topic.EXECUTION_REPORT.partitions(12)).isEqualTo(12);
        assertThat(Topic.LEDGER_RETENTION).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void tellsTheEndOfALoginAnHourInOnePartition() {
        assertThat(Topic.LOGIN.compacted()).isFalse();
        assertThat(Topic.LOGIN.retention()).isEqualTo(Duration.ofHours(1));
        assertThat(Topic.LOGIN.partitions(12)).isOne();
    }

    @Test
    void knowsItsWriters() {
        assertThat(Topic.writtenBy(Service.INGEST)).containsExactly(Topic.TICK, Topic.CANDLE, Topic.FEED, Topic.KEY);
        assertThat(Topic.writtenBy(Service.AGGREGATOR)).containsExactly(Topic.CANDLE);
        assertThat(Topic.writtenBy(Service.INDICATORS)).containsExactly(Topic.INDICATOR, Topic.BACKFILL);
        assertThat(Arrays.stream(Topic.values())).allSatisfy((topic) -> assertThat(topic.writers()).isNotEmpty());
    }

    @Test
    void hasAllSettingsForEveryTopicAndItsDeadLetters() {
        assertThat(Arrays.stream(Topic.values())
            .flatMap((topic) -> Stream.of(topic.definition(12, 3), topic.deadLetterDefinition(12, 3)))).hasSize(26)
            .allSatisfy((definition) -> {
                assertThat(definition.configuration()).containsEntry("min.insync.replicas", "2")
                    .containsKey("cleanup.policy");
                assertThat(definition.replication()).isEqualTo(3);
                if ("delete".equals(definition.configuration().get("cleanup.policy"))) {
                    assertThat(definition.configuration()).containsKey("retention.ms");
                }
            });
    }

    @Test
    void asksForNoMoreCopiesInSyncThanThereAre() {
        assertThat(Topic.TICK.definition(4, 1).configuration()).containsEntry("min.insync.replicas", "1");
        assertThat(Topic.TICK.definition(4, 2).configuration()).containsEntry("min.insync.replicas", "1");
        assertThat(Topic.TICK.definition(4, 3).configurationFor(1)).containsEntry("min.insync.replicas", "1")
            .containsEntry("retention.ms", "604800000");
        assertThat(Topic.TICK.definition(4, 1).configurationFor(3)).containsEntry("min.insync.replicas", "2");
    }

    @Test
    void compactsSettingsAndDeletesTheRest() {
        assertThat(Topic.FEED.definition(4, 1)).isEqualTo(
                new TopicDefinition("feed", 1, 1, Map.of("cleanup.policy", "compact", "min.insync.replicas", "1")));
        assertThat(Topic.FEED.deadLetterDefinition(4, 1)).isEqualTo(new TopicDefinition("feed.dlt", 1, 1,
                Map.of("cleanup.policy", "delete", "retention.ms", "2592000000", "min.insync.replicas", "1")));
    }

}
