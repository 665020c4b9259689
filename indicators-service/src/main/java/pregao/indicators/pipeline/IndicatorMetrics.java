package pregao.indicators.pipeline;

import java.time.Duration;
import java.time.InstantSource;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.indicators.candle.CandleWithIndicators;
import pregao.indicators.indicator.IndicatorChanges;

/**
 * The metrics of the indicator pipeline.
 */
final class IndicatorMetrics {

    private final InstantSource clock;

    private final Counter storedValues;

    private final Counter publishedEvents;

    private final Timer cycleTimer;

    private final Timer delayTimer;

    IndicatorMetrics(MeterRegistry registry, InstantSource clock) {
        this.clock = clock;
        this.storedValues = registry.counter("pregao.indicators.stored");
        this.publishedEvents = registry.counter("pregao.indicators.published");
        this.cycleTimer = registry.timer("pregao.indicators.step");
        this.delayTimer = Timer.builder("pregao.minute.indicators.delay")
            .publishPercentiles(0.5, 0.99)
            .register(registry);
    }

    void recordCycle(IndicatorChanges changes, long nanos) {
        this.storedValues.increment(changes.toStore().size());
        this.publishedEvents.increment(changes.toPublish().size());
        this.cycleTimer.record(Duration.ofNanos(nanos));
        long now = this.clock.millis();
        for (CandleWithIndicators candleWithIndicators : changes.toPublish()) {
            Candle candle = candleWithIndicators.candle();
            long delayMillis = now - candle.openTime() - Timeframe.M1.millis();
            if (candle.timeframe() == Timeframe.M1 && candle.revision() == 1 && delayMillis >= 0
                    && delayMillis < Timeframe.M5.millis()) {
                this.delayTimer.record(Duration.ofMillis(delayMillis));
            }
        }
    }

}
