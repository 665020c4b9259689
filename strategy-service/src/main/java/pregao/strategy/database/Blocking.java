package pregao.strategy.database;

import java.time.Duration;
import java.util.concurrent.Callable;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Threads for what waits: as many as there are connections. Whoever waits longer than a
 * request may is told so, and what it began goes on to its end.
 */
@Component
public class Blocking implements AutoCloseable {

    private static final int THREADS = 8;

    private static final int QUEUED = 1_000;

    private static final Duration BOUND = Duration.ofSeconds(8);

    private final Scheduler threads = Schedulers.newBoundedElastic(THREADS, QUEUED, "request");

    /**
     * Calls something that may wait.
     * @param <T> what it answers
     * @param call what; null for nothing
     * @return its answer, or nothing
     */
    public <T> Mono<T> call(Callable<? extends T> call) {
        return Mono.<T>fromCallable(call).subscribeOn(this.threads).timeout(BOUND);
    }

    /**
     * Does something that may wait.
     * @param work what
     * @return when it is done
     */
    public Mono<Void> run(Runnable work) {
        return Mono.<Void>fromRunnable(work).subscribeOn(this.threads).timeout(BOUND);
    }

    @Override
    public void close() {
        this.threads.dispose();
    }

}
