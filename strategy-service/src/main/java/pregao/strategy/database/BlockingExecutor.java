package pregao.strategy.database;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import pregao.webapi.problem.ProblemDefinition;

/**
 * Runs blocking calls of requests on as many threads as the pool has connections. A call
 * that takes longer than {@code TIMEOUT} fails with a timeout; if it has already started,
 * it runs to its end, otherwise it never starts. A call is rejected at once if more calls
 * wait than can be served in time, or if its user already has too many calls, so that one
 * user cannot occupy all threads.
 */
@Component
public class BlockingExecutor implements AutoCloseable {

    private static final int THREAD_COUNT = 8;

    /**
     * A call takes milliseconds, and all waiting calls must finish within the timeout.
     */
    private static final int MAX_WAITING_PER_THREAD = 32;

    /** The limit of one user: a quarter of the capacity. */
    private static final int MAX_CALLS_PER_USER = THREAD_COUNT * (1 + MAX_WAITING_PER_THREAD) / 4;

    private static final Duration TIMEOUT = Duration.ofSeconds(8);

    /** The number of running and waiting calls, by user name. */
    private final Map<String, Integer> callsByUser = new ConcurrentHashMap<>();

    private final Scheduler scheduler = Schedulers.newBoundedElastic(THREAD_COUNT, MAX_WAITING_PER_THREAD, "request");

    /**
     * Runs a blocking call.
     * @param <T> the type of the result
     * @param callable the call; may return null for no result
     * @return the result, or empty if there is none; a 503 problem if too many calls
     * wait, a 429 problem if the user has too many calls, a
     * {@link java.util.concurrent.TimeoutException} if the call takes too long
     */
    public <T> Mono<T> call(Callable<? extends T> callable) {
        return withLimits(Mono.fromCallable(callable));
    }

    /**
     * Runs a blocking task.
     * @param task the task to run
     * @return completes when the task is done; errors as those of {@link #call}
     */
    public Mono<Void> run(Runnable task) {
        return withLimits(Mono.fromRunnable(task));
    }

    private <T> Mono<T> withLimits(Mono<T> work) {
        Mono<T> scheduled = work.subscribeOn(this.scheduler)
            .onErrorMap(RejectedExecutionException.class,
                    (ex) -> ProblemDefinition.unavailable("Too many requests wait for the database").asException())
            .timeout(TIMEOUT);
        return ReactiveSecurityContextHolder.getContext()
            .mapNotNull(SecurityContext::getAuthentication)
            .map((caller) -> Optional.of(caller.getName()))
            .defaultIfEmpty(Optional.empty())
            .flatMap((caller) -> caller.map((name) -> withUserLimit(name, scheduled)).orElse(scheduled));
    }

    private <T> Mono<T> withUserLimit(String caller, Mono<T> work) {
        return Mono.using(() -> acquire(caller), (acquired) -> work, this::release);
    }

    private String acquire(String caller) {
        if (this.callsByUser.merge(caller, 1, Integer::sum) > MAX_CALLS_PER_USER) {
            release(caller);
            throw ProblemDefinition.tooManyAttempts(Duration.ofSeconds(1)).asException();
        }
        return caller;
    }

    private void release(String caller) {
        this.callsByUser.computeIfPresent(caller, (key, count) -> (count > 1) ? Integer.valueOf(count - 1) : null);
    }

    @Override
    public void close() {
        this.scheduler.dispose();
    }

}
