package pregao.session.broker.backfill;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.backfill.BackfillRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BackfillQueue}.
 */
class BackfillQueueTests {

    private static final TopicPartition PARTITION = new TopicPartition("backfill", 0);

    private final BackfillQueue queue = new BackfillQueue();

    @Test
    void givesTheOldestOfAFeedThatIsNotBusy() {
        this.queue.add(PARTITION, 0, wish("polarium"));
        this.queue.add(PARTITION, 1, wish("binance"));
        assertThat(this.queue.next(Set.of("polarium")))
            .hasValueSatisfying((entry) -> assertThat(entry.offset()).isOne());
        assertThat(this.queue.next(Set.of("polarium"))).isEmpty();
        assertThat(this.queue.next(Set.of())).hasValueSatisfying((entry) -> assertThat(entry.offset()).isZero());
    }

    @Test
    void goesOnAfterARestartWithTheFirstThatIsNotAnswered() {
        this.queue.add(PARTITION, 5, wish("polarium"));
        this.queue.skip(PARTITION, 6);
        this.queue.add(PARTITION, 7, wish("binance"));
        assertThat(this.queue.progress()).isEqualTo(at(5));
        assertThat(this.queue.progress()).as("nothing new").isEmpty();
        this.queue.done(this.queue.next(Set.of("polarium")).orElseThrow());
        assertThat(this.queue.progress()).as("an earlier one is open").isEmpty();
        this.queue.done(this.queue.next(Set.of()).orElseThrow());
        assertThat(this.queue.progress()).isEqualTo(at(8));
    }

    @Test
    void forgetsWhatAnotherReplicaReadsNow() {
        this.queue.add(PARTITION, 0, wish("polarium"));
        this.queue.add(PARTITION, 1, wish("polarium"));
        BackfillQueue.Entry entry = this.queue.next(Set.of()).orElseThrow();
        this.queue.forget(List.of(PARTITION));
        assertThat(this.queue.next(Set.of())).isEmpty();
        this.queue.done(entry);
        assertThat(this.queue.progress()).isEmpty();
    }

    @Test
    void leavesOutWhatIsTooMuchOfOneFeedAndTakesOthers() {
        for (int offset = 0; offset < 500; offset++) {
            assertThat(this.queue.add(PARTITION, offset, wish("polarium"))).isTrue();
        }
        assertThat(this.queue.add(PARTITION, 500, wish("polarium"))).isFalse();
        assertThat(this.queue.add(PARTITION, 501, wish("binance"))).isTrue();
        assertThat(this.queue.next(Set.of("polarium")))
            .hasValueSatisfying((entry) -> assertThat(entry.offset()).isEqualTo(501));
    }

    @Test
    void givesWhatWasPutBackFirstAndKeepsItOpen() {
        this.queue.add(PARTITION, 0, wish("polarium"));
        this.queue.add(PARTITION, 1, wish("polarium"));
        this.queue.putBack(this.queue.next(Set.of()).orElseThrow());
        assertThat(this.queue.progress()).isEqualTo(at(0));
        assertThat(this.queue.next(Set.of())).hasValueSatisfying((entry) -> assertThat(entry.offset()).isZero());
    }

    @Test
    void dropsWhatIsPutBackToAPartitionOfAnotherReplica() {
        this.queue.add(PARTITION, 0, wish("polarium"));
        BackfillQueue.Entry entry = this.queue.next(Set.of()).orElseThrow();
        this.queue.forget(List.of(PARTITION));
        this.queue.putBack(entry);
        assertThat(this.queue.next(Set.of())).isEmpty();
    }

    private static Map<TopicPartition, OffsetAndMetadata> at(long offset) {
        return Map.of(PARTITION, new OffsetAndMetadata(offset));
    }

    private static BackfillRequest wish(String feed) {
        return new BackfillRequest(new Instrument(feed, "EURUSD"), Timeframe.M1, 0, 60_000, 1);
    }

}
