package pregao.loop;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What every loop counts, each under the name of its service.
 */
public final class LoopMetrics {

    private final MeterRegistry registry;

    private final Counter replaced;

    private final Counter recoveries;

    private final DistributionSummary batch;

    private volatile double lag;

    /**
     * Meters at nothing.
     * @param registry where they are
     * @param service such as {@code aggregator}
     */
    public LoopMetrics(MeterRegistry registry, String service) {
        this.registry = registry;
        String prefix = "pregao." + service;
        this.replaced = registry.counter(prefix + ".owner.replaced");
        this.recoveries = registry.counter(prefix + ".recoveries");
        this.batch = registry.summary(prefix + ".batch.records");
        Gauge.builder(prefix + ".lag.records", this, (metrics) -> metrics.lag).register(registry);
    }

    void batch(int records) {
        this.batch.record(records);
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
