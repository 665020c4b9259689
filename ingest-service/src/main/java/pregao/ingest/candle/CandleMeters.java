package pregao.ingest.candle;

import java.util.List;
import java.util.Locale;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.stereotype.Component;

import pregao.ingest.ea.SentCandle;

/**
 * Counts candles by what became of them.
 */
@Component
class CandleMeters {

    private static final String CANDLES = "pregao.ingest.candles";

    private final MeterRegistry meters;

    CandleMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    void countReleased(boolean first) {
        this.meters.counter("pregao.ingest.candles.released").increment(first ? 1 : 0);
    }

    void countHeld(Held held) {
        this.meters.counter("pregao.ingest.candles.quarantined").increment((double) held.added());
        this.meters.counter("pregao.ingest.candles.level.released").increment((double) held.released());
    }

    void count(List<SentCandle> sent, List<Put> puts) {
        for (Put.Status status : Put.Status.values()) {
            long count = puts.stream().filter((put) -> put.status() == status).count();
            this.meters.counter(CANDLES, "outcome", status.text()).increment((double) count);
        }
        this.meters.counter("pregao.ingest.candles.conflicts")
            .increment((double) puts.stream().filter(Put::conflict).count());
        this.meters.counter(CANDLES, "outcome", "rejected").increment(sent.size() - puts.size());
        for (SentCandle each : sent) {
            if (each instanceof SentCandle.Refused refused) {
                String reason = refused.rejection().kind().name().toLowerCase(Locale.ROOT);
                this.meters.counter("pregao.ingest.rejected", "item", "candle", "reason", reason).increment();
            }
        }
    }

}
