package pregao.ingest.tick;

import java.util.Locale;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

import pregao.ingest.parser.ParsedTicks;

/**
 * Metrics of ticks by outcome.
 */
@Component
class TickMetrics {

    private static final String TICKS_METRIC = "pregao.ingest.ticks";

    private final MeterRegistry meterRegistry;

    private final Counter received;

    private final Counter duplicates;

    private final Counter rejected;

    private final Counter crossed;

    TickMetrics(MeterRegistry meterRegistry) {
        this.meterRegistry = meterRegistry;
        this.received = meterRegistry.counter(TICKS_METRIC, "outcome", "received");
        this.duplicates = meterRegistry.counter(TICKS_METRIC, "outcome", "duplicate");
        this.rejected = meterRegistry.counter(TICKS_METRIC, "outcome", "rejected");
        this.crossed = meterRegistry.counter("pregao.ingest.ticks.crossed");
    }

    void countOutcomes(ParsedTicks ticks) {
        int rejectedCount = ticks.rejected().size();
        this.received.increment(ticks.size() - rejectedCount - ticks.duplicates());
        this.duplicates.increment(ticks.duplicates());
        this.rejected.increment(rejectedCount);
        this.crossed.increment(ticks.crossed());
        for (ParsedTicks.RejectedTick tick : ticks.rejected()) {
            String reason = tick.rejection().kind().name().toLowerCase(Locale.ROOT);
            this.meterRegistry.counter("pregao.ingest.rejected", "item", "tick", "reason", reason).increment();
        }
    }

}
