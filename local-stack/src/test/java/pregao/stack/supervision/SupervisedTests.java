package pregao.stack.supervision;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import pregao.stack.process.Running;
import pregao.stack.process.StartFailed;
import pregao.stack.state.PartState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Supervised}.
 */
class SupervisedTests {

    private static final Duration BOUND = Duration.ofMinutes(1);

    private final Deque<FakePart> started = new ArrayDeque<>();

    private final AtomicInteger pids = new AtomicInteger(100);

    private final Supervised part = new Supervised("part", "http://127.0.0.1:1", this::next, () -> {
    });

    private synchronized Running next() {
        FakePart next = new FakePart(this.pids.incrementAndGet());
        this.started.add(next);
        return next;
    }

    private synchronized FakePart last() {
        return this.started.getLast();
    }

    @Test
    void startsAgainWhatDied() {
        this.part.start();
        this.part.awaitReady(BOUND);
        last().alive = false;
        this.part.awaitOther(101, BOUND);
        assertThat(this.part.pid()).isEqualTo(102);
        assertThat(this.part.report().restarts()).isOne();
        this.part.close();
    }

    @Test
    void goesOnSupervisingWhereItsListenerFails() {
        AtomicBoolean full = new AtomicBoolean();
        Supervised watched = new Supervised("watched", "", this::next, () -> {
            if (full.get()) {
                throw new UncheckedIOException(new IOException("No space left on device"));
            }
        });
        watched.start();
        watched.awaitReady(BOUND);
        full.set(true);
        last().alive = false;
        watched.awaitOther(101, BOUND);
        assertThat(watched.pid()).isEqualTo(102);
        watched.close();
        assertThat(last().alive).isFalse();
    }

    @Test
    void goesOnSupervisingAfterAnErrorOfItsOwn() {
        AtomicBoolean fails = new AtomicBoolean();
        Supervised watched = new Supervised("watched", "", () -> {
            if (fails.getAndSet(false)) {
                throw new NoClassDefFoundError("a jar that could not be read");
            }
            return next();
        }, () -> {
        });
        watched.start();
        watched.awaitReady(BOUND);
        fails.set(true);
        last().alive = false;
        watched.awaitOther(101, BOUND);
        assertThat(watched.pid()).isEqualTo(102);
        watched.close();
    }

    @Test
    void saysHowAPartEnded() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger log = (Logger) LoggerFactory.getLogger(Supervised.class);
        log.addAppender(lines);
        try {
            this.part.start();
            this.part.awaitReady(BOUND);
            last().alive = false;
            this.part.awaitOther(101, BOUND);
            this.part.close();
        }
        finally {
            log.detachAppender(lines);
        }
        assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage)
            .anyMatch((line) -> line.startsWith("part (process 101) ended by signal 9 (KILL) after "));
    }

    @Test
    void doesNotWaitLongerAndLongerWhereEndsAreWanted() {
        this.part.start();
        this.part.awaitReady(BOUND);
        long begin = System.nanoTime();
        for (int pid = 101; pid < 107; pid++) {
            this.part.endIsWanted();
            last().alive = false;
            this.part.awaitOther(pid, BOUND);
        }
        assertThat(System.nanoTime() - begin).as("less than the waits after failures, 7.75 s")
            .isLessThan(6_000_000_000L);
        this.part.close();
    }

    @Test
    void endsForGoodWhenItIsClosed() {
        this.part.start();
        this.part.awaitReady(BOUND);
        this.part.close();
        assertThat(last().alive).isFalse();
        assertThat(this.part.report().state()).isEqualTo(PartState.STOPPED);
        assertThat(this.started).hasSize(1);
    }

    @Test
    void givesUpOnWhatDiesAgainAndAgainWhileStarting() {
        Supervised dying = new Supervised("dying", "", () -> {
            FakePart dead = new FakePart(1);
            dead.alive = false;
            return dead;
        }, () -> {
        });
        dying.start();
        assertThatExceptionOfType(StartFailed.class).isThrownBy(() -> dying.awaitReady(BOUND))
            .withMessageContaining("dying ended")
            .withMessageContaining("last words");
        dying.close();
    }

    @Test
    void waitsLongerAfterEachDeathUntilItRanForAWhile() {
        BackOff backOff = new BackOff();
        assertThat(backOff.after(Duration.ofSeconds(1))).isZero();
        assertThat(backOff.after(Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(250));
        assertThat(backOff.after(Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(500));
        for (int i = 0; i < 20; i++) {
            backOff.after(Duration.ZERO);
        }
        assertThat(backOff.after(Duration.ZERO)).isEqualTo(Duration.ofSeconds(15));
        assertThat(backOff.after(Duration.ofMinutes(2))).isZero();
    }

    private static final class FakePart implements Running {

        private final long pid;

        private volatile boolean alive = true;

        private FakePart(long pid) {
            this.pid = pid;
        }

        @Override
        public long pid() {
            return this.pid;
        }

        @Override
        public boolean isAlive() {
            return this.alive;
        }

        @Override
        public String ending() {
            return "by signal 9 (KILL)";
        }

        @Override
        public String tail() {
            return "last words";
        }

        @Override
        public void close() {
            this.alive = false;
        }

    }

}
