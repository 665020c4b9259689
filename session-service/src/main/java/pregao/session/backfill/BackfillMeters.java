package pregao.session.backfill;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

import pregao.contracts.backfill.BackfillWish;
import pregao.session.ingest.Posted;

/**
 * What is counted of wishes.
 */
@Component
class BackfillMeters {

    private final MeterRegistry registry;

    BackfillMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void answered(BackfillWish wish, Posted posted) {
        count(wish, "answered");
        candles(wish, "taken", posted.taken());
        candles(wish, "refused", posted.refused());
    }

    void count(BackfillWish wish, String outcome) {
        this.registry.counter("pregao.backfill.wishes", "feed", wish.instrument().feed(), "outcome", outcome)
            .increment();
    }

    void deadLetter(String topic, String cause) {
        this.registry.counter("pregao.dead.letters", "topic", topic, "cause", cause).increment();
    }

    private void candles(BackfillWish wish, String outcome, long count) {
        this.registry.counter("pregao.backfill.candles", "feed", wish.instrument().feed(), "outcome", outcome)
            .increment((double) count);
    }

}
