package pregao.session.broker.backfill;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

import pregao.contracts.backfill.BackfillRequest;
import pregao.session.broker.ingest.IngestResult;

/**
 * Metrics of backfill requests.
 */
@Component
class BackfillMetrics {

    private final MeterRegistry registry;

    BackfillMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void recordResult(BackfillRequest request, IngestResult result) {
        recordOutcome(request, "answered");
        recordCandles(request, "taken", result.taken());
        recordCandles(request, "refused", result.refused());
    }

    void recordOutcome(BackfillRequest request, String outcome) {
        this.registry.counter("pregao.backfill.wishes", "feed", request.instrument().feed(), "outcome", outcome)
            .increment();
    }

    void recordDeadLetter(String topic, String cause) {
        this.registry.counter("pregao.dead.letters", "topic", topic, "cause", cause).increment();
    }

    private void recordCandles(BackfillRequest request, String outcome, long count) {
        this.registry.counter("pregao.backfill.candles", "feed", request.instrument().feed(), "outcome", outcome)
            .increment((double) count);
    }

}
