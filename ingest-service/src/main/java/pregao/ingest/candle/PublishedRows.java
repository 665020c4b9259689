package pregao.ingest.candle;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.springframework.stereotype.Component;

/**
 * Rows of the outbox whose messages are acknowledged and which wait to be removed; no
 * sender waits for that.
 */
@Component
class PublishedRows {

    private final ConcurrentLinkedQueue<Long> ids = new ConcurrentLinkedQueue<>();

    void add(long id) {
        this.ids.add(id);
    }

    List<Long> take(int most) {
        List<Long> taken = new ArrayList<>();
        for (Long id = this.ids.poll(); id != null; id = this.ids.poll()) {
            taken.add(id);
            if (taken.size() == most) {
                break;
            }
        }
        return taken;
    }

}
