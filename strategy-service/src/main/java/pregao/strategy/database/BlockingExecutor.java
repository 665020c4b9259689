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
 * Threads for what waits: as many as there are connections. Whoever waits longer than a
 * request may is told so. What had begun by then goes on to its end; what had not is
 * never done. Where more wait than can be served in time, the next one fails at once; and
 * before that, the next one of a person who has many there already, so that one person
 * does not take everybody's places.
 */
@Component
public class BlockingExecutor implements AutoCloseable {

    private static final int THREAD_COUNT = 8;

    /** For each thread: a call takes milliseconds, and all are to be done in time. */
    private static final int MAX_WAITING_PER_THREAD = 32;

    /** Of one person: a quarter of all. */
    private static final int MAX_CALLS_PER_USER = THREAD_COUNT * (1 + MAX_WAITING_PER_THREAD) / 4;

    private static final Duration TIMEOUT = Duration.ofSeconds(8);

    /** By who is asking: how many of theirs run or wait. */
    private final Map<String, Integer> callsByUser = new ConcurrentHashMap<>();

    private final Scheduler scheduler = Schedulers.newBoundedElastic(THREAD_COUNT, MAX_WAITING_PER_THREAD, "request");

    /**
     * Calls something that may wait.
     * @param <T> what it answers
     * @param callable what; null for nothing
     * @return its answer, or nothing; a 503 problem where too many wait, a 429 problem
     * where too many of the same person do, a
     * {@link java.util.concurrent.TimeoutException} where it takes too long
     */
    public <T> Mono<T> call(Callable<? extends T> callable) {
        return withLimits(Mono.fromCallable(callable));
    }

    /**
     * Does something that may wait.
     * @param task what
     * @return when it is done
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
            throw ProblemDefinition.tooMany(Duration.ofSeconds(1)).asException();
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
