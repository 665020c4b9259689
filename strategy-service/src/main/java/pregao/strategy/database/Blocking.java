package pregao.strategy.database;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import pregao.http.problem.Trouble;

/**
 * Threads for what waits: as many as there are connections. Whoever waits longer than a
 * request may is told so. What had begun by then goes on to its end; what had not is
 * never done. Where more wait than can be served in time, the next one fails at once.
 */
@Component
public class Blocking implements AutoCloseable {

    private static final int THREADS = 8;

    /** For each thread: a call takes milliseconds, and all are to be done in time. */
    private static final int MAX_WAITING = 32;

    private static final Duration BOUND = Duration.ofSeconds(8);

    private final Scheduler threads = Schedulers.newBoundedElastic(THREADS, MAX_WAITING, "request");

    /**
     * Calls something that may wait.
     * @param <T> what it answers
     * @param call what; null for nothing
     * @return its answer, or nothing; a 503 problem where too many wait, a
     * {@link java.util.concurrent.TimeoutException} where it takes too long
     */
    public <T> Mono<T> call(Callable<? extends T> call) {
        return bounded(Mono.fromCallable(call));
    }

    /**
     * Does something that may wait.
     * @param work what
     * @return when it is done
     */
    public Mono<Void> run(Runnable work) {
        return bounded(Mono.fromRunnable(work));
    }

    private <T> Mono<T> bounded(Mono<T> work) {
        return work.subscribeOn(this.threads)
            .onErrorMap(RejectedExecutionException.class,
                    (full) -> Trouble.unavailable("Too many requests wait for the database").asException())
            .timeout(BOUND);
    }

    @Override
    public void close() {
        this.threads.dispose();
    }

}
