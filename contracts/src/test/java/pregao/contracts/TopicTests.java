package pregao.contracts;

import java.time.Duration;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import pregao.contracts.Topic.Service;

import static org.assertj.core.api.Assertions.assertThat;

class TopicTests {

    @Test
    void namesEveryTopicOfTheFlow() {
        assertThat(Arrays.stream(Topic.values()).map(Topic::topicName)).containsExactly("tick", "candle", "indicator",
                "signal", "order", "trade", "position", "session", "login", "feed", "key", "backfill");
        assertThat(Topic.TICK.deadLetters()).isEqualTo("tick.dlt");
    }

    @Test
    void givesMarketTopicsOfOneInstrumentTheSamePartitions() {
        assertThat(Arrays.stream(Topic.values())
            .filter((topic) -> topic.key() == Topic.Key.INSTRUMENT)
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

}
