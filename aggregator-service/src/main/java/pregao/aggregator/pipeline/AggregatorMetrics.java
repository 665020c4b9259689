package pregao.aggregator.pipeline;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import pregao.aggregator.tick.OutlierMetrics;
import pregao.contracts.candle.Candle;

/**
 * The metrics of the aggregator.
 */
final class AggregatorMetrics {

    private final MeterRegistry registry;

    private final OutlierMetrics outliers;

    private final Counter storedTicks;

    private final Counter duplicateTicks;

    private final Counter lateTicks;

    private final Counter crossedTicks;

    private final Counter droppedTicks;

    private final AtomicInteger pendingRebuilds = new AtomicInteger();

    private final Counter rebuiltCandles;

    private final Counter removedCandles;

    private final Timer cycleTimer;

    private final Timer closeDelayTimer;

    AggregatorMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.outliers = new OutlierMetrics(registry);
        this.storedTicks = registry.counter("pregao.ticks.stored");
        this.duplicateTicks = registry.counter("pregao.ticks.repeated");
        this.lateTicks = registry.counter("pregao.ticks.late");
        this.crossedTicks = registry.counter("pregao.ticks.crossed");
        this.droppedTicks = registry.counter("pregao.ticks.dropped", "reason", "retention");
        registry.gauge("pregao.rebuild.pending", this.pendingRebuilds);
        this.rebuiltCandles = registry.counter("pregao.rebuild.candles");
        this.removedCandles = registry.counter("pregao.rebuild.removed");
        this.cycleTimer = registry.timer("pregao.aggregator.round");
        this.closeDelayTimer = Timer.builder("pregao.minute.close.delay")
            .publishPercentiles(0.5, 0.99)
            .register(registry);
    }

    OutlierMetrics outliers() {
        return this.outliers;
    }

    void recordTicks(int added, int duplicates, int crossed, boolean isLate) {
        this.storedTicks.increment(added);
        this.duplicateTicks.increment(duplicates);
        this.crossedTicks.increment(crossed);
        if (isLate) {
            this.lateTicks.increment(added);
        }
    }

    /** Counts ticks of minutes whose other ticks were deleted by retention. */
    void recordDroppedTicks(int count) {
        this.droppedTicks.increment(count);
    }

    /** Sets the number of instruments that wait to be rebuilt on another grid. */
    void setPendingRebuilds(int instruments) {
        this.pendingRebuilds.set(instruments);
    }

    void recordRebuild(int candles, int removed) {
        this.rebuiltCandles.increment(candles);
        this.removedCandles.increment(removed);
    }

    void recordCycle(long nanos) {
        this.cycleTimer.record(Duration.ofNanos(nanos));
    }

    void countStored(Candle candle) {
        this.registry
            .counter("pregao.candles.stored", "timeframe", candle.timeframe().name(), "final",
                    Boolean.toString(candle.isFinal()))
            .increment();
    }

    /** Records how long after its end a minute was stored and published. */
    void recordCloseDelay(long millis) {
        this.closeDelayTimer.record(Duration.ofMillis(millis));
    }

}
