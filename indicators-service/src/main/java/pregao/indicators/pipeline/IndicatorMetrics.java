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
 * What the service counts of its work.
 */
final class IndicatorMetrics {

    private final InstantSource clock;

    private final Counter stored;

    private final Counter published;

    private final Timer step;

    private final Timer delay;

    IndicatorMetrics(MeterRegistry registry, InstantSource clock) {
        this.clock = clock;
        this.stored = registry.counter("pregao.indicators.stored");
        this.published = registry.counter("pregao.indicators.published");
        this.step = registry.timer("pregao.indicators.step");
        this.delay = Timer.builder("pregao.minute.indicators.delay").publishPercentiles(0.5, 0.99).register(registry);
    }

    void stepped(IndicatorChanges changes, long nanos) {
        this.stored.increment(changes.toStore().size());
        this.published.increment(changes.toPublish().size());
        this.step.record(Duration.ofNanos(nanos));
        long now = this.clock.millis();
        for (CandleWithIndicators candleWithIndicators : changes.toPublish()) {
            Candle candle = candleWithIndicators.candle();
            long late = now - candle.openTime() - Timeframe.M1.millis();
            if (candle.timeframe() == Timeframe.M1 && candle.revision() == 1 && late >= 0
                    && late < Timeframe.M5.millis()) {
                this.delay.record(Duration.ofMillis(late));
            }
        }
    }

}
