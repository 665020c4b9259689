package pregao.strategy.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import pregao.webapi.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BlockingExecutor}.
 */
class BlockingExecutorTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** The number of running and waiting calls that fit. */
    private static final int CAPACITY = 8 + 8 * 32;

    private final BlockingExecutor executor = new BlockingExecutor();

    private final CountDownLatch release = new CountDownLatch(1);

    private final AtomicInteger completedCalls = new AtomicInteger();

    private final List<Disposable> calls = new ArrayList<>();

    @AfterEach
    void close() {
        this.release.countDown();
        this.calls.forEach(Disposable::dispose);
        this.executor.close();
    }

    private void fill() {
        for (int i = 0; i < CAPACITY; i++) {
            this.calls.add(this.executor.call(() -> {
                this.release.await();
                return this.completedCalls.incrementAndGet();
            }).subscribe((result) -> {
            }, (failure) -> {
            }));
        }
    }

    @Test
    void failsAtOnceWhereTooManyWait() {
        fill();
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> this.executor.call(() -> 1).block(TIMEOUT))
            .satisfies((failure) -> assertThat(failure.problem().status()).isEqualTo(503));
        assertThat(this.completedCalls).hasValue(0);
    }

    @Test
    void onePersonDoesNotTakeEverybodysPlaces() {
        for (int i = 0; i < CAPACITY / 4; i++) {
            this.calls.add(callAs("ana", () -> {
                this.release.await();
                return this.completedCalls.incrementAndGet();
            }).subscribe());
        }
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> callAs("ana", () -> 1).block(TIMEOUT))
            .satisfies((failure) -> assertThat(failure.problem().status()).isEqualTo(429))
            .satisfies((failure) -> assertThat(failure.problem().headers()).containsKey("Retry-After"));
        Mono<Integer> otherUserCall = callAs("bia", () -> 1).cache();
        this.calls.add(otherUserCall.subscribe());
        this.release.countDown();
        assertThat(otherUserCall.block(TIMEOUT)).isEqualTo(1);
        assertThat(callAs("ana", () -> 2).retryWhen(Retry.indefinitely()).block(TIMEOUT)).as("when hers are done")
            .isEqualTo(2);
    }

    private <T> Mono<T> callAs(String userName, Callable<T> call) {
        return this.executor.call(call)
            .contextWrite(
                    ReactiveSecurityContextHolder.withAuthentication(new TestingAuthenticationToken(userName, "")));
    }

    @Test
    void doesNothingForACallerThatIsGone() {
        fill();
        this.calls.subList(8, CAPACITY).forEach(Disposable::dispose);
        this.release.countDown();
        assertThat(this.executor.call(() -> "next").block(TIMEOUT)).isEqualTo("next");
        assertThat(this.completedCalls.get()).isLessThanOrEqualTo(8);
    }

}
