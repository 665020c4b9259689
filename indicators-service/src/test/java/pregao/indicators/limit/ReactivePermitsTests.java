package pregao.indicators.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import pregao.webapi.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link ReactivePermits}.
 */
class ReactivePermitsTests {

    private final ReactivePermits permits = new ReactivePermits(10, 3, Duration.ofSeconds(60));

    private final List<String> ended = new ArrayList<>();

    private Sinks.Empty<Void> start(int needed, String name, List<Disposable> subscriptions) {
        Sinks.Empty<Void> end = Sinks.empty();
        subscriptions
            .add(this.permits.withPermits(needed, end.asMono().doOnSubscribe((started) -> this.ended.add(name)))
                .subscribe());
        return end;
    }

    @Test
    void runsAsManyAsFitAndTheOthersInOrder() {
        List<Disposable> subscriptions = new ArrayList<>();
        Sinks.Empty<Void> first = start(6, "first", subscriptions);
        Sinks.Empty<Void> second = start(6, "second", subscriptions);
        start(1, "third", subscriptions);
        assertThat(this.ended).containsExactly("first");
        first.tryEmitEmpty();
        assertThat(this.ended).containsExactly("first", "second", "third");
        second.tryEmitEmpty();
        assertThat(this.permits.freePermits()).isEqualTo(9);
    }

    @Test
    void givesBackWhatFailedOrWasCancelled() {
        List<Disposable> subscriptions = new ArrayList<>();
        Sinks.Empty<Void> failing = start(10, "failing", subscriptions);
        start(10, "waiting", subscriptions);
        start(4, "last", subscriptions);
        subscriptions.get(1).dispose();
        failing.tryEmitError(new IllegalStateException("expected"));
        assertThat(this.ended).containsExactly("failing", "last");
        subscriptions.get(2).dispose();
        assertThat(this.permits.freePermits()).isEqualTo(10);
    }

    @Test
    void letsOneThatNeedsMoreThanThereIsRunAlone() {
        List<Disposable> subscriptions = new ArrayList<>();
        start(11, "large", subscriptions).tryEmitEmpty();
        assertThat(this.permits.freePermits()).isEqualTo(10);
    }

    @Test
    void refusesWhereTooManyWait() {
        List<Disposable> subscriptions = new ArrayList<>();
        start(10, "running", subscriptions);
        for (int i = 0; i < 3; i++) {
            start(1, "waiting", subscriptions);
        }
        assertThatThrownBy(() -> this.permits.withPermits(1, Mono.just(1)).block(Duration.ofSeconds(60)))
            .isInstanceOf(ProblemException.class);
    }

    @Test
    void givesUpOneThatWaitsForTooLong() {
        ReactivePermits impatient = new ReactivePermits(1, 3, Duration.ofMillis(20));
        Disposable running = impatient.withPermits(1, Mono.never()).subscribe();
        assertThatThrownBy(() -> impatient.withPermits(1, Mono.just(1)).block(Duration.ofSeconds(60)))
            .hasCauseInstanceOf(TimeoutException.class);
        running.dispose();
        assertThat(impatient.freePermits()).isOne();
    }

    @Test
    void isNeverOverdrawnByManyThreads() {
        ReactivePermits shared = new ReactivePermits(10, 10_000, Duration.ofSeconds(60));
        AtomicInteger heldPermits = new AtomicInteger();
        AtomicInteger maxHeld = new AtomicInteger();
        Flux.range(0, 2_000)
            .flatMap((i) -> shared.withPermits(1 + i % 7,
                    Mono.delay(Duration.ofNanos(i))
                        .doOnSubscribe(
                                (started) -> maxHeld.accumulateAndGet(heldPermits.addAndGet(1 + i % 7), Math::max))
                        .doOnTerminate(() -> heldPermits.addAndGet(-1 - i % 7))),
                    64)
            .blockLast(Duration.ofSeconds(60));
        assertThat(maxHeld.get()).isLessThanOrEqualTo(10);
        assertThat(shared.freePermits()).isEqualTo(10);
    }

}
