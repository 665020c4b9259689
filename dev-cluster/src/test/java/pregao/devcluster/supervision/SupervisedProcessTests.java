package pregao.devcluster.supervision;

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

import pregao.devcluster.process.ManagedProcess;
import pregao.devcluster.process.StartupException;
import pregao.devcluster.state.ComponentState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SupervisedProcess}.
 */
class SupervisedProcessTests {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final Deque<FakePart> started = new ArrayDeque<>();

    private final AtomicInteger pids = new AtomicInteger(100);

    private final SupervisedProcess part = new SupervisedProcess("part", "http://127.0.0.1:1", this::next, () -> {
    });

    private synchronized ManagedProcess next() {
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
        this.part.awaitReady(TIMEOUT);
        last().alive = false;
        this.part.awaitRestart(101, TIMEOUT);
        assertThat(this.part.pid()).isEqualTo(102);
        assertThat(this.part.report().restarts()).isOne();
        this.part.close();
    }

    @Test
    void goesOnSupervisingWhereItsListenerFails() {
        AtomicBoolean full = new AtomicBoolean();
        SupervisedProcess watched = new SupervisedProcess("watched", "", this::next, () -> {
            if (full.get()) {
                throw new UncheckedIOException(new IOException("No space left on device"));
            }
        });
        watched.start();
        watched.awaitReady(TIMEOUT);
        full.set(true);
        last().alive = false;
        watched.awaitRestart(101, TIMEOUT);
        assertThat(watched.pid()).isEqualTo(102);
        watched.close();
        assertThat(last().alive).isFalse();
    }

    @Test
    void goesOnSupervisingAfterAnErrorOfItsOwn() {
        AtomicBoolean fails = new AtomicBoolean();
        SupervisedProcess watched = new SupervisedProcess("watched", "", () -> {
            if (fails.getAndSet(false)) {
                throw new NoClassDefFoundError("a jar that could not be read");
            }
            return next();
        }, () -> {
        });
        watched.start();
        watched.awaitReady(TIMEOUT);
        fails.set(true);
        last().alive = false;
        watched.awaitRestart(101, TIMEOUT);
        assertThat(watched.pid()).isEqualTo(102);
        watched.close();
    }

    @Test
    void saysHowAPartEnded() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger log = (Logger) LoggerFactory.getLogger(SupervisedProcess.class);
        log.addAppender(lines);
        try {
            this.part.start();
            this.part.awaitReady(TIMEOUT);
            last().alive = false;
            this.part.awaitRestart(101, TIMEOUT);
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
        this.part.awaitReady(TIMEOUT);
        long begin = System.nanoTime();
        for (int pid = 101; pid < 107; pid++) {
            this.part.expectExit();
            last().alive = false;
            this.part.awaitRestart(pid, TIMEOUT);
        }
        assertThat(System.nanoTime() - begin).as("less than the waits after failures, 7.75 s")
            .isLessThan(6_000_000_000L);
        this.part.close();
    }

    @Test
    void endsForGoodWhenItIsClosed() {
        this.part.start();
        this.part.awaitReady(TIMEOUT);
        this.part.close();
        assertThat(last().alive).isFalse();
        assertThat(this.part.report().state()).isEqualTo(ComponentState.STOPPED);
        assertThat(this.started).hasSize(1);
    }

    @Test
    void givesUpOnWhatDiesAgainAndAgainWhileStarting() {
        SupervisedProcess dying = new SupervisedProcess("dying", "", () -> {
            FakePart dead = new FakePart(1);
            dead.alive = false;
            return dead;
        }, () -> {
        });
        dying.start();
        assertThatExceptionOfType(StartupException.class).isThrownBy(() -> dying.awaitReady(TIMEOUT))
            .withMessageContaining("dying ended")
            .withMessageContaining("last words");
        dying.close();
    }

    @Test
    void waitsLongerAfterEachDeathUntilItRanForAWhile() {
        ExponentialBackOff backOff = new ExponentialBackOff();
        assertThat(backOff.after(Duration.ofSeconds(1))).isZero();
        assertThat(backOff.after(Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(250));
        assertThat(backOff.after(Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(500));
        for (int i = 0; i < 20; i++) {
            backOff.after(Duration.ZERO);
        }
        assertThat(backOff.after(Duration.ZERO)).isEqualTo(Duration.ofSeconds(15));
        assertThat(backOff.after(Duration.ofMinutes(2))).isZero();
    }

    private static final class FakePart implements ManagedProcess {

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
