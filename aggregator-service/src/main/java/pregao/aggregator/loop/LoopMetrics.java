package pregao.aggregator.loop;

import java.time.Duration;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import pregao.contracts.candle.Candle;

/**
 * What the loop counts.
 */
final class LoopMetrics {

    private final MeterRegistry registry;

    private final Counter ticks;

    private final Counter repeated;

    private final Counter late;

    private final Counter crossed;

    private final Counter replaced;

    private final Counter recoveries;

    private final Timer round;

    private final Timer close;

    private final DistributionSummary batch;

    private volatile double lag;

    LoopMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.ticks = registry.counter("pregao.ticks.stored");
        this.repeated = registry.counter("pregao.ticks.repeated");
        this.late = registry.counter("pregao.ticks.late");
        this.crossed = registry.counter("pregao.ticks.crossed");
        this.replaced = registry.counter("pregao.aggregator.owner.replaced");
        this.recoveries = registry.counter("pregao.aggregator.recoveries");
        this.round = registry.timer("pregao.aggregator.round");
        this.close = Timer.builder("pregao.minute.close.delay").publishPercentiles(0.5, 0.99).register(registry);
        this.batch = registry.summary("pregao.aggregator.batch.records");
        Gauge.builder("pregao.aggregator.lag.records", this, (metrics) -> metrics.lag).register(registry);
    }

    void ticks(int added, int again, int crossedQuotes, boolean afterClose) {
        this.ticks.increment(added);
        this.repeated.increment(again);
        this.crossed.increment(crossedQuotes);
        if (afterClose) {
            this.late.increment(added);
        }
    }

    void batch(int records) {
        this.batch.record(records);
    }

    void round(long nanos) {
        this.round.record(Duration.ofNanos(nanos));
    }

    void stored(Candle candle) {
        this.registry
            .counter("pregao.candles.stored", "timeframe", candle.timeframe().name(), "final",
                    Boolean.toString(candle.complete()))
            .increment();
    }

    /** How long after its end a minute was stored and published. */
    void closed(long millis) {
        this.close.record(Duration.ofMillis(millis));
    }

    void deadLetter(String topic, String cause) {
        this.registry.counter("pregao.dead.letters", "topic", topic, "cause", cause).increment();
    }

    void ownerReplaced() {
        this.replaced.increment();
    }

    void recovery() {
        this.recoveries.increment();
    }

    void lag(long records) {
        this.lag = records;
    }

}
