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

    private static final int THREADS = 8;

    /** For each thread: a call takes milliseconds, and all are to be done in time. */
    private static final int MAX_WAITING = 32;

    /** Of one person: a quarter of all. */
    private static final int MAX_OF_PERSON = THREADS * (1 + MAX_WAITING) / 4;

    private static final Duration TIMEOUT = Duration.ofSeconds(8);

    /** By who is asking: how many of theirs run or wait. */
    private final Map<String, Integer> calls = new ConcurrentHashMap<>();

    private final Scheduler threads = Schedulers.newBoundedElastic(THREADS, MAX_WAITING, "request");

    /**
     * Calls something that may wait.
     * @param <T> what it answers
     * @param call what; null for nothing
     * @return its answer, or nothing; a 503 problem where too many wait, a 429 problem
     * where too many of the same person do, a
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
        Mono<T> done = work.subscribeOn(this.threads)
            .onErrorMap(RejectedExecutionException.class,
                    (full) -> ProblemDefinition.unavailable("Too many requests wait for the database").asException())
            .timeout(TIMEOUT);
        return ReactiveSecurityContextHolder.getContext()
            .mapNotNull(SecurityContext::getAuthentication)
            .map((caller) -> Optional.of(caller.getName()))
            .defaultIfEmpty(Optional.empty())
            .flatMap((caller) -> caller.map((name) -> counted(name, done)).orElse(done));
    }

    private <T> Mono<T> counted(String caller, Mono<T> work) {
        return Mono.using(() -> enter(caller), (entered) -> work, this::leave);
    }

    private String enter(String caller) {
        if (this.calls.merge(caller, 1, Integer::sum) > MAX_OF_PERSON) {
            leave(caller);
            throw ProblemDefinition.tooMany(Duration.ofSeconds(1)).asException();
        }
        return caller;
    }

    private void leave(String caller) {
        this.calls.computeIfPresent(caller, (key, count) -> (count > 1) ? Integer.valueOf(count - 1) : null);
    }

    @Override
    public void close() {
        this.threads.dispose();
    }

}
