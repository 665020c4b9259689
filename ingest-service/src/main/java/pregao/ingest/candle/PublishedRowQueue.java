package pregao.ingest.candle;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

import org.springframework.stereotype.Component;

/**
 * Queues of outbox row IDs for {@link OutboxRelay}: acknowledged rows to remove, and rows
 * to publish because the request gave up. Senders do not wait for either. Both queues are
 * bounded; the relay finds rows that did not fit by their age.
 */
@Component
class PublishedRowQueue {

    private static final int CAPACITY = 100_000;

    private final BlockingQueue<Long> acknowledged = new ArrayBlockingQueue<>(CAPACITY);

    private final BlockingQueue<Long> handedOver = new ArrayBlockingQueue<>(CAPACITY);

    void addAcknowledged(long id) {
        if (!this.acknowledged.offer(id)) {
            // The row is published again, which is harmless because consumers compare
            // revisions.
            handOver(id);
        }
    }

    /**
     * Hands a row over to the relay.
     * @param id the ID of the row
     */
    void handOver(long id) {
        if (!this.handedOver.offer(id)) {
            return; // the relay publishes it once it is old enough
        }
    }

    List<Long> drainAcknowledged(int maxIds) {
        return drain(this.acknowledged, maxIds);
    }

    List<Long> drainHandedOver(int maxIds) {
        return drain(this.handedOver, maxIds);
    }

    private static List<Long> drain(BlockingQueue<Long> queue, int maxIds) {
        List<Long> ids = new ArrayList<>();
        queue.drainTo(ids, maxIds);
        return ids;
    }

}
