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

    private final BlockingQueue<Long> handed = new ArrayBlockingQueue<>(CAPACITY);

    void add(long id) {
        if (!this.acknowledged.offer(id)) {
            // It is published a second time, which the revision makes harmless.
            hand(id);
        }
    }

    /**
     * Hands a row to the thread of the outbox.
     * @param id of the row
     */
    void hand(long id) {
        if (!this.handed.offer(id)) {
            return; // it is published once it is old enough
        }
    }

    List<Long> take(int most) {
        return taken(this.acknowledged, most);
    }

    List<Long> takeHanded(int most) {
        return taken(this.handed, most);
    }

    private static List<Long> taken(BlockingQueue<Long> queue, int most) {
        List<Long> taken = new ArrayList<>();
        queue.drainTo(taken, most);
        return taken;
    }

}
