package pregao.ingest.tick;

import java.util.Locale;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

import pregao.ingest.parser.ParsedTicks;

/**
 * Counts ticks by what became of them.
 */
@Component
class TickMetrics {

    private static final String TICKS = "pregao.ingest.ticks";

    private final MeterRegistry meters;

    private final Counter received;

    private final Counter duplicates;

    private final Counter rejected;

    private final Counter crossed;

    TickMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.received = meters.counter(TICKS, "outcome", "received");
        this.duplicates = meters.counter(TICKS, "outcome", "duplicate");
        this.rejected = meters.counter(TICKS, "outcome", "rejected");
        this.crossed = meters.counter("pregao.ingest.ticks.crossed");
    }

    void count(ParsedTicks sent) {
        int refused = sent.refused().size();
        this.received.increment(sent.size() - refused - sent.duplicates());
        this.duplicates.increment(sent.duplicates());
        this.rejected.increment(refused);
        this.crossed.increment(sent.crossed());
        for (ParsedTicks.RejectedTick each : sent.refused()) {
            String reason = each.rejection().kind().name().toLowerCase(Locale.ROOT);
            this.meters.counter("pregao.ingest.rejected", "item", "tick", "reason", reason).increment();
        }
    }

}
