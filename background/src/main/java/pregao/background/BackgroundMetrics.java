package pregao.background;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Metrics of background threads: their failures, the age of their last success, and
 * whether they are alive.
 */
final class BackgroundMetrics implements MeterBinder {

    private final Supplier<List<SupervisedThread>> threads;

    BackgroundMetrics(Supplier<List<SupervisedThread>> threads) {
        this.threads = threads;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (SupervisedThread thread : this.threads.get()) {
            TimeGauge
                .builder("pregao.background.success.age", thread, TimeUnit.MILLISECONDS,
                        (supervisedThread) -> supervisedThread.getSuccessAge().toMillis())
                .description("How long ago the background task succeeded")
                .tag("task", thread.name())
                .register(registry);
            Gauge
                .builder("pregao.background.alive", thread,
                        (supervisedThread) -> (supervisedThread.state() == SupervisedThread.State.DEAD) ? 0 : 1)
                .description("0 where an error has ended the background task")
                .tag("task", thread.name())
                .register(registry);
            for (FailureKind kind : FailureKind.values()) {
                FunctionCounter
                    .builder("pregao.background.failures", thread,
                            (supervisedThread) -> supervisedThread.countFailures(kind))
                    .description("Failures of the background task, which is tried again after each")
                    .tag("task", thread.name())
                    .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                    .register(registry);
            }
        }
    }

}
