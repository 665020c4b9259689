package pregao.ingest.candle;

import java.util.List;
import java.util.Locale;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

import pregao.ingest.parser.ParsedCandle;

/**
 * Counts candles by what became of them.
 */
@Component
class CandleMetrics {

    private static final String CANDLES = "pregao.ingest.candles";

    private final MeterRegistry meters;

    CandleMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void countReleased(boolean first) {
        this.meters.counter("pregao.ingest.candles.released").increment(first ? 1 : 0);
    }

    void countHeld(QuarantineResult held) {
        this.meters.counter("pregao.ingest.candles.quarantined").increment((double) held.added());
        this.meters.counter("pregao.ingest.candles.level.released").increment((double) held.released());
    }

    void count(List<ParsedCandle> sent, List<UpsertResult> puts) {
        for (UpsertResult.Status status : UpsertResult.Status.values()) {
            long count = puts.stream().filter((put) -> put.status() == status).count();
            this.meters.counter(CANDLES, "outcome", status.text()).increment((double) count);
        }
        this.meters.counter("pregao.ingest.candles.conflicts")
            .increment((double) puts.stream().filter(UpsertResult::conflict).count());
        this.meters.counter(CANDLES, "outcome", "rejected").increment(sent.size() - puts.size());
        for (ParsedCandle parsedCandle : sent) {
            if (parsedCandle instanceof ParsedCandle.Rejected refused) {
                String reason = refused.rejection().kind().name().toLowerCase(Locale.ROOT);
                this.meters.counter("pregao.ingest.rejected", "item", "candle", "reason", reason).increment();
            }
        }
    }

}
