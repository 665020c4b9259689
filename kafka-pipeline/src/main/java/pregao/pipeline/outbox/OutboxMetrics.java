package pregao.pipeline.outbox;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;

/**
 * The number of rows of an outbox and the age of its oldest waiting row, as metrics.
 */
public final class OutboxMetrics {

    private final AtomicReference<OutboxState> state = new AtomicReference<>(OutboxState.EMPTY);

    /**
     * Registers the metrics.
     * @param registry the registry of the service
     */
    public OutboxMetrics(MeterRegistry registry) {
        Gauge.builder("pregao.outbox.rows", this.state, (state) -> state.get().waiting())
            .description("Rows of the outbox")
            .tag("state", "waiting")
            .register(registry);
        Gauge.builder("pregao.outbox.rows", this.state, (state) -> state.get().setAside())
            .description("Rows of the outbox")
            .tag("state", "set_aside")
            .register(registry);
        TimeGauge
            .builder("pregao.outbox.age", this.state, TimeUnit.MILLISECONDS,
                    (state) -> state.get().age() * TimeUnit.SECONDS.toMillis(1))
            .description("Age of the oldest row that waits to be published")
            .register(registry);
    }

    /**
     * Updates the metrics.
     * @param state the state that was read last
     */
    public void update(OutboxState state) {
        this.state.set(state);
    }

}
