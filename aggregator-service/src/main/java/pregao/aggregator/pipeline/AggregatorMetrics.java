package pregao.aggregator.pipeline;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import pregao.aggregator.tick.OutlierMetrics;
import pregao.contracts.candle.Candle;

/**
 * What the aggregator counts.
 */
final class AggregatorMetrics {

    private final MeterRegistry registry;

    private final OutlierMetrics outliers;

    private final Counter ticks;

    private final Counter repeated;

    private final Counter late;

    private final Counter crossed;

    private final Counter dropped;

    private final AtomicInteger rebuilds = new AtomicInteger();

    private final Counter rebuilt;

    private final Counter removed;

    private final Timer round;

    private final Timer close;

    AggregatorMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.outliers = new OutlierMetrics(registry);
        this.ticks = registry.counter("pregao.ticks.stored");
        this.repeated = registry.counter("pregao.ticks.repeated");
        this.late = registry.counter("pregao.ticks.late");
        this.crossed = registry.counter("pregao.ticks.crossed");
        this.dropped = registry.counter("pregao.ticks.dropped", "reason", "retention");
        registry.gauge("pregao.rebuild.pending", this.rebuilds);
        this.rebuilt = registry.counter("pregao.rebuild.candles");
        this.removed = registry.counter("pregao.rebuild.removed");
        this.round = registry.timer("pregao.aggregator.round");
        this.close = Timer.builder("pregao.minute.close.delay").publishPercentiles(0.5, 0.99).register(registry);
    }

    OutlierMetrics outliers() {
        return this.outliers;
    }

    void ticks(int added, int again, int crossedQuotes, boolean afterClose) {
        this.ticks.increment(added);
        this.repeated.increment(again);
        this.crossed.increment(crossedQuotes);
        if (afterClose) {
            this.late.increment(added);
        }
    }

    /** Ticks of minutes whose other ticks retention dropped. */
    void ticksDropped(int count) {
        this.dropped.increment(count);
    }

    /** How many instruments wait to be rebuilt on another grid. */
    void rebuilds(int instruments) {
        this.rebuilds.set(instruments);
    }

    void rebuilt(int candles, int gone) {
        this.rebuilt.increment(candles);
        this.removed.increment(gone);
    }

    void round(long nanos) {
        this.round.record(Duration.ofNanos(nanos));
    }

    void stored(Candle candle) {
        this.registry
            .counter("pregao.candles.stored", "timeframe", candle.timeframe().name(), "final",
                    Boolean.toString(candle.isFinal()))
            .increment();
    }

    /** How long after its end a minute was stored and published. */
    void closed(long millis) {
        this.close.record(Duration.ofMillis(millis));
    }

}
