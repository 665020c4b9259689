package pregao.session.broker.backfill;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

import pregao.contracts.backfill.BackfillRequest;
import pregao.session.broker.ingest.IngestResult;

/**
 * What is counted of wishes.
 */
@Component
class BackfillMetrics {

    private final MeterRegistry registry;

    BackfillMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void answered(BackfillRequest wish, IngestResult posted) {
        count(wish, "answered");
        candles(wish, "taken", posted.taken());
        candles(wish, "refused", posted.refused());
    }

    void count(BackfillRequest wish, String outcome) {
        this.registry.counter("pregao.backfill.wishes", "feed", wish.instrument().feed(), "outcome", outcome)
            .increment();
    }

    void deadLetter(String topic, String cause) {
        this.registry.counter("pregao.dead.letters", "topic", topic, "cause", cause).increment();
    }

    private void candles(BackfillRequest wish, String outcome, long count) {
        this.registry.counter("pregao.backfill.candles", "feed", wish.instrument().feed(), "outcome", outcome)
            .increment((double) count);
    }

}
