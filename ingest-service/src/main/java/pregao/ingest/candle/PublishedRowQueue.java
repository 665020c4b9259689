package pregao.ingest.candle;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

import org.springframework.stereotype.Component;

/**
 * Rows of the outbox that its thread is to remove, as they are acknowledged, or to
 * publish, as the request gave up; no sender waits for that. Both lists are bounded: what
 * finds no room is found by its age.
 */
@Component
class PublishedRowQueue {

    private static final int CAPACITY = 100_000;

    private final BlockingQueue<Long> acknowledged = new ArrayBlockingQueue<>(CAPACITY);

    private final BlockingQueue<Long> handedOver = new ArrayBlockingQueue<>(CAPACITY);

    void addAcknowledged(long id) {
        if (!this.acknowledged.offer(id)) {
            // It is published a second time, which the revision makes harmless.
            handOver(id);
        }
    }

    /**
     * Hands a row to the thread of the outbox.
     * @param id of the row
     */
    void handOver(long id) {
        if (!this.handedOver.offer(id)) {
            return; // it is published once it is old enough
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
