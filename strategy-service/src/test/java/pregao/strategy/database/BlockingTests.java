package pregao.strategy.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

import pregao.http.problem.TroubleException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Blocking}.
 */
class BlockingTests {

    private static final Duration BOUND = Duration.ofSeconds(30);

    /** As many as run, and as many as may wait. */
    private static final int ALL = 8 + 8 * 32;

    private final Blocking blocking = new Blocking();

    private final CountDownLatch release = new CountDownLatch(1);

    private final AtomicInteger done = new AtomicInteger();

    private final List<Disposable> calls = new ArrayList<>();

    @AfterEach
    void close() {
        this.release.countDown();
        this.calls.forEach(Disposable::dispose);
        this.blocking.close();
    }

    private void fill() {
        for (int i = 0; i < ALL; i++) {
            this.calls.add(this.blocking.call(() -> {
                this.release.await();
                return this.done.incrementAndGet();
            }).subscribe((result) -> {
            }, (failure) -> {
            }));
        }
    }

    @Test
    void failsAtOnceWhereTooManyWait() {
        fill();
        assertThatExceptionOfType(TroubleException.class).isThrownBy(() -> this.blocking.call(() -> 1).block(BOUND))
            .satisfies((failure) -> assertThat(failure.trouble().status()).isEqualTo(503));
        assertThat(this.done).hasValue(0);
    }

    @Test
    void doesNothingForACallerThatIsGone() {
        fill();
        this.calls.subList(8, ALL).forEach(Disposable::dispose);
        this.release.countDown();
        assertThat(this.blocking.call(() -> "next").block(BOUND)).isEqualTo("next");
        assertThat(this.done.get()).isLessThanOrEqualTo(8);
    }

}
