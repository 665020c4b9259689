package pregao.aggregator.tick;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts ticks that go into quarantine and leave it.
 */
public final class OutlierMetrics {

    private static final String RELEASED = "pregao.ticks.released";

    private final Counter held;

    private final Counter levelChange;

    private final Counter user;

    private final Counter undone;

    private final Counter ignored;

    private final Counter levels;

    /**
     * Counters.
     * @param registry where they are
     */
    public OutlierMetrics(MeterRegistry registry) {
        this.held = registry.counter("pregao.ticks.quarantined");
        this.levelChange = registry.counter(RELEASED, "by", "level_change");
        this.user = registry.counter(RELEASED, "by", "user");
        this.undone = registry.counter("pregao.ticks.undone");
        this.ignored = registry.counter("pregao.ticks.changes.ignored");
        this.levels = registry.counter("pregao.ticks.level.changes");
    }

    void held() {
        this.held.increment();
    }

    void levelChange(int ticks) {
        this.levels.increment();
        this.levelChange.increment(ticks);
    }

    void releasedByUser() {
        this.user.increment();
    }

    void undone() {
        this.undone.increment();
    }

    void ignored() {
        this.ignored.increment();
    }

}
