package pregao.ingest.candle;

import java.util.List;
import java.util.Locale;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

import pregao.ingest.parser.ParsedCandle;

/**
 * Metrics of candles by outcome.
 */
@Component
class CandleMetrics {

    private static final String CANDLES_METRIC = "pregao.ingest.candles";

    private final MeterRegistry meterRegistry;

    CandleMetrics(MeterRegistry meterRegistry) {
        this.meterRegistry = meterRegistry;
    }

    void countReleased(boolean first) {
        this.meterRegistry.counter("pregao.ingest.candles.released").increment(first ? 1 : 0);
    }

    void countQuarantined(QuarantineResult result) {
        this.meterRegistry.counter("pregao.ingest.candles.quarantined").increment((double) result.added());
        this.meterRegistry.counter("pregao.ingest.candles.level.released").increment((double) result.released());
    }

    void countOutcomes(List<ParsedCandle> candles, List<UpsertResult> results) {
        for (UpsertResult.Status status : UpsertResult.Status.values()) {
            long count = results.stream().filter((result) -> result.status() == status).count();
            this.meterRegistry.counter(CANDLES_METRIC, "outcome", status.text()).increment((double) count);
        }
        this.meterRegistry.counter("pregao.ingest.candles.conflicts")
            .increment((double) results.stream().filter(UpsertResult::conflict).count());
        this.meterRegistry.counter(CANDLES_METRIC, "outcome", "rejected").increment(candles.size() - results.size());
        for (ParsedCandle candle : candles) {
            if (candle instanceof ParsedCandle.Rejected rejected) {
                String reason = rejected.rejection().kind().name().toLowerCase(Locale.ROOT);
                this.meterRegistry.counter("pregao.ingest.rejected", "item", "candle", "reason", reason).increment();
            }
        }
    }

}
