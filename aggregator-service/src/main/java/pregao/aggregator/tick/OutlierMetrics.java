package pregao.aggregator.tick;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts ticks that enter and leave quarantine.
 */
public final class OutlierMetrics {

    private static final String RELEASED = "pregao.ticks.released";

    private final Counter quarantinedTicks;

    private final Counter releasedByLevelChange;

    private final Counter releasedByUser;

    private final Counter undoneReleases;

    private final Counter ignoredChanges;

    private final Counter levelChanges;

    /**
     * Registers the counters.
     * @param registry the registry
     */
    public OutlierMetrics(MeterRegistry registry) {
        this.quarantinedTicks = registry.counter("pregao.ticks.quarantined");
        this.releasedByLevelChange = registry.counter(RELEASED, "by", "level_change");
        this.releasedByUser = registry.counter(RELEASED, "by", "user");
        this.undoneReleases = registry.counter("pregao.ticks.undone");
        this.ignoredChanges = registry.counter("pregao.ticks.changes.ignored");
        this.levelChanges = registry.counter("pregao.ticks.level.changes");
    }

    void countQuarantined() {
        this.quarantinedTicks.increment();
    }

    void countLevelChange(int ticks) {
        this.levelChanges.increment();
        this.releasedByLevelChange.increment(ticks);
    }

    void countReleasedByUser() {
        this.releasedByUser.increment();
    }

    void countUndone() {
        this.undoneReleases.increment();
    }

    void countIgnored() {
        this.ignoredChanges.increment();
    }

}
