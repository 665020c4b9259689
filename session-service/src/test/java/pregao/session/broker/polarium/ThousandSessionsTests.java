package pregao.session.broker.polarium;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import pregao.session.broker.api.BrokerSession;
import pregao.session.broker.api.SessionState;
import pregao.simulator.polarium.AccountKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests a thousand concurrent users and a broker that restarts. Broker and users share
 * this process, so the heap is that of both.
 */
@Tag("long")
class ThousandSessionsTests {

    private static final int USERS = 1000;

    private static final long MOST_HEAP = 1L << 30;

    private static final Duration BACK = Duration.ofSeconds(30);

    private static final Duration AWAY = Duration.ofSeconds(5);

    private static final List<String> SYMBOLS = List.of("EURUSD-OTC", "EURGBP-OTC", "GBPUSD-OTC", "USDJPY-OTC");

    private final PolariumSimulatorExtension polarium = new PolariumSimulatorExtension(PolariumTimeouts.DEFAULT,
            ReconnectBackoff.DEFAULT);

    private final AtomicReferenceArray<SessionState> states = new AtomicReferenceArray<>(USERS);

    private final AtomicLong updates = new AtomicLong();

    @AfterEach
    void close() {
        this.polarium.close();
    }

    @Test
    void streamForAMinuteAndComeBackWithoutAStampede() {
        long begun = System.nanoTime();
        List<BrokerSession> sessions = PolariumSimulatorExtension.result(Flux.range(0, USERS)
            .doOnNext((user) -> this.polarium.simulator().open("user" + user, "pw", AccountKind.PLAIN))
            .flatMap((user) -> this.polarium.broker().connect(PolariumSimulatorExtension.password("user" + user, "pw")),
                    USERS)
            .map(PolariumSimulatorExtension::requireOpen)
            .collectList());
        System.out.printf("%d sessions opened in %.1f s%n", sessions.size(), seconds(begun));
        for (int user = 0; user < USERS; user++) {
            int at = user;
            sessions.get(user).states().subscribe((state) -> this.states.set(at, state));
            sessions.get(user)
                .streamCandles(SYMBOLS.get(user % SYMBOLS.size()), 60)
                .subscribe((update) -> this.updates.incrementAndGet());
        }
        minuteOfStreams();
        restart();
        Flux.fromIterable(sessions)
            .flatMap(BrokerSession::close)
            .then()
            .block(PolariumSimulatorExtension.REQUEST_TIMEOUT);
    }

    private void minuteOfStreams() {
        long begun = System.nanoTime();
        PolariumSimulatorExtension.await(Duration.ofSeconds(90), "a minute to pass", () -> seconds(begun) >= 60);
        System.gc();
        long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        System.out.printf("%d updates in a minute, heap in use %d MiB of %d MiB taken%n", this.updates.get(),
                heap >> 20, Runtime.getRuntime().totalMemory() >> 20);
        assertThat(open()).isEqualTo(USERS);
        assertThat(this.updates.get()).isGreaterThan(USERS * 45L);
        assertThat(Runtime.getRuntime().totalMemory()).isLessThanOrEqualTo(MOST_HEAP);
    }

    private void restart() {
        int port = this.polarium.simulator().port();
        this.polarium.simulator().stop();
        PolariumSimulatorExtension.await("all to have noticed", () -> open() == 0);
        List<Long> attempts = new ArrayList<>();
        attempts(attempts, AWAY, () -> false);
        this.polarium.simulator().start(port);
        long begun = System.nanoTime();
        System.out.printf("attempts a second while the broker is away: %s%n", attempts);
        attempts.clear();
        attempts(attempts, BACK, () -> open() == USERS);
        System.out.printf("all %d back after %.1f s; attempts a second: %s%n", open(), seconds(begun), attempts);
        assertThat(open()).isEqualTo(USERS);
        assertThat(attempts).allMatch((second) -> second <= 150);
        long before = this.updates.get();
        PolariumSimulatorExtension.await("the streams to go on", () -> this.updates.get() > before + USERS);
    }

    private void attempts(List<Long> seconds, Duration bound, BooleanSupplier done) {
        long begun = System.nanoTime();
        while (!done.getAsBoolean() && seconds(begun) < bound.toSeconds()) {
            long second = System.nanoTime();
            long before = this.polarium.broker().connectAttempts();
            PolariumSimulatorExtension.await("a second to pass", () -> seconds(second) >= 1 || done.getAsBoolean());
            seconds.add(this.polarium.broker().connectAttempts() - before);
        }
    }

    private int open() {
        int open = 0;
        for (int user = 0; user < USERS; user++) {
            open += (this.states.get(user) == SessionState.OPEN) ? 1 : 0;
        }
        return open;
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

}
