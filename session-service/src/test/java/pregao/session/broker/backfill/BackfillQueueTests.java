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
        this.queue.add(PARTITION, 0, createRequest("polarium"));
        this.queue.add(PARTITION, 1, createRequest("binance"));
        assertThat(this.queue.pollNext(Set.of("polarium")))
            .hasValueSatisfying((entry) -> assertThat(entry.offset()).isOne());
        assertThat(this.queue.pollNext(Set.of("polarium"))).isEmpty();
        assertThat(this.queue.pollNext(Set.of())).hasValueSatisfying((entry) -> assertThat(entry.offset()).isZero());
    }

    @Test
    void goesOnAfterARestartWithTheFirstThatIsNotAnswered() {
        this.queue.add(PARTITION, 5, createRequest("polarium"));
        this.queue.skip(PARTITION, 6);
        this.queue.add(PARTITION, 7, createRequest("binance"));
        assertThat(this.queue.drainCommittableOffsets()).isEqualTo(offsets(5));
        assertThat(this.queue.drainCommittableOffsets()).as("nothing new").isEmpty();
        this.queue.markDone(this.queue.pollNext(Set.of("polarium")).orElseThrow());
        assertThat(this.queue.drainCommittableOffsets()).as("an earlier one is open").isEmpty();
        this.queue.markDone(this.queue.pollNext(Set.of()).orElseThrow());
        assertThat(this.queue.drainCommittableOffsets()).isEqualTo(offsets(8));
    }

    @Test
    void forgetsWhatAnotherReplicaReadsNow() {
        this.queue.add(PARTITION, 0, createRequest("polarium"));
        this.queue.add(PARTITION, 1, createRequest("polarium"));
        BackfillQueue.Entry entry = this.queue.pollNext(Set.of()).orElseThrow();
        this.queue.dropPartitions(List.of(PARTITION));
        assertThat(this.queue.pollNext(Set.of())).isEmpty();
        this.queue.markDone(entry);
        assertThat(this.queue.drainCommittableOffsets()).isEmpty();
    }

    @Test
    void leavesOutWhatIsTooMuchOfOneFeedAndTakesOthers() {
        for (int offset = 0; offset < 500; offset++) {
            assertThat(this.queue.add(PARTITION, offset, createRequest("polarium"))).isTrue();
        }
        assertThat(this.queue.add(PARTITION, 500, createRequest("polarium"))).isFalse();
        assertThat(this.queue.add(PARTITION, 501, createRequest("binance"))).isTrue();
        assertThat(this.queue.pollNext(Set.of("polarium")))
            .hasValueSatisfying((entry) -> assertThat(entry.offset()).isEqualTo(501));
    }

    @Test
    void givesWhatWasPutBackFirstAndKeepsItOpen() {
        this.queue.add(PARTITION, 0, createRequest("polarium"));
        this.queue.add(PARTITION, 1, createRequest("polarium"));
        this.queue.putBack(this.queue.pollNext(Set.of()).orElseThrow());
        assertThat(this.queue.drainCommittableOffsets()).isEqualTo(offsets(0));
        assertThat(this.queue.pollNext(Set.of())).hasValueSatisfying((entry) -> assertThat(entry.offset()).isZero());
    }

    @Test
    void dropsWhatIsPutBackToAPartitionOfAnotherReplica() {
        this.queue.add(PARTITION, 0, createRequest("polarium"));
        BackfillQueue.Entry entry = this.queue.pollNext(Set.of()).orElseThrow();
        this.queue.dropPartitions(List.of(PARTITION));
        this.queue.putBack(entry);
        assertThat(this.queue.pollNext(Set.of())).isEmpty();
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(long offset) {
        return Map.of(PARTITION, new OffsetAndMetadata(offset));
    }

    private static BackfillRequest createRequest(String feed) {
        return new BackfillRequest(new Instrument(feed, "EURUSD"), Timeframe.M1, 0, 60_000, 1);
    }

}
