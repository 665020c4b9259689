package pregao.background;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SupervisedThreadTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final AtomicInteger calls = new AtomicInteger();

    private SupervisedThread thread = new SupervisedThread("unused", TIMEOUT, (thread) -> {
    });

    @AfterEach
    void stop() {
        this.thread.requestStop();
        this.thread.awaitStop();
    }

    private SupervisedThread start(SupervisedThread.Task task) {
        this.thread = new SupervisedThread("tested", TIMEOUT, task);
        this.thread.start();
        return this.thread;
    }

    private void awaitCalls(int count) {
        Awaitility.await("calls of the work").atMost(TIMEOUT).until(() -> this.calls.get() >= count);
    }

    @ParameterizedTest
    @ValueSource(classes = { IllegalStateException.class, NullPointerException.class, IOException.class,
            SQLException.class, InterruptedException.class, TimeoutException.class })
    void survivesEveryException(Class<? extends Exception> type) {
        SupervisedThread supervisedThread = start((thread) -> {
            this.calls.incrementAndGet();
            throw type.getDeclaredConstructor().newInstance();
        });
        awaitCalls(2);
        assertThat(supervisedThread.state()).isEqualTo(SupervisedThread.State.RUNNING);
        assertThat(List.of(FailureKind.values()).stream().mapToLong(supervisedThread::countFailures).sum())
            .isPositive();
    }

    @Test
    void diesVisiblyOfAnError() {
        SupervisedThread supervisedThread = start((thread) -> {
            throw new StackOverflowError("in a test");
        });
        Awaitility.await("the end of the thread")
            .atMost(TIMEOUT)
            .until(() -> supervisedThread.state() == SupervisedThread.State.DEAD);
        assertThat(supervisedThread.isHealthy()).isFalse();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new BackgroundMetrics(() -> List.of(supervisedThread)).bindTo(registry);
        assertThat(registry.get("pregao.background.alive").tag("task", "tested").gauge().value()).isZero();
    }

    @Test
    void isUnhealthyOnceItsLastSuccessIsTooOld() {
        this.thread = new SupervisedThread("tested", Duration.ofMillis(1), (thread) -> {
            this.calls.incrementAndGet();
            throw new IOException("away");
        });
        this.thread.start();
        awaitCalls(2);
        assertThat(this.thread.isHealthy()).isFalse();
    }

    @Test
    void isHealthyWhileItSucceeds() {
        SupervisedThread supervisedThread = start((thread) -> {
            this.calls.incrementAndGet();
            thread.recordSuccess();
            thread.pause(Duration.ofMillis(1));
        });
        awaitCalls(3);
        assertThat(supervisedThread.isHealthy()).isTrue();
        assertThat(supervisedThread.getSuccessAge()).isLessThan(TIMEOUT);
    }

    @Test
    void endsWhenItHasNothingLeftToDo() {
        SupervisedThread supervisedThread = start(SupervisedThread::complete);
        Awaitility.await("the end of the thread").atMost(TIMEOUT).until(() -> !supervisedThread.isRunning());
        assertThat(supervisedThread.state()).isEqualTo(SupervisedThread.State.COMPLETED);
        assertThat(supervisedThread.isHealthy()).isTrue();
    }

    @Test
    void stopsWhileItPausesAndStartsAgain() {
        SupervisedThread supervisedThread = start((thread) -> {
            this.calls.incrementAndGet();
            thread.pause(Duration.ofHours(1));
        });
        awaitCalls(1);
        supervisedThread.requestStop();
        supervisedThread.awaitStop();
        assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName).doesNotContain("tested");
        supervisedThread.start();
        awaitCalls(2);
    }

    @Test
    void countsFailuresByKindFromTheStart() {
        SupervisedThread supervisedThread = start((thread) -> {
            if (this.calls.incrementAndGet() == 1) {
                throw new IllegalStateException(new SQLException("away"));
            }
            thread.recordSuccess();
            thread.pause(TIMEOUT);
        });
        awaitCalls(2);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new BackgroundMetrics(() -> List.of(supervisedThread)).bindTo(registry);
        assertThat(registry.get("pregao.background.failures").tag("kind", "database").functionCounter().count())
            .isOne();
        assertThat(registry.get("pregao.background.failures").tag("kind", "unexpected").functionCounter().count())
            .isZero();
        assertThat(registry.get("pregao.background.success.age").timeGauge().value(java.util.concurrent.TimeUnit.HOURS))
            .isLessThan(1);
    }

    @Test
    void repetitionGoesOnAfterEveryExceptionAndAtACall() {
        PeriodicTask task = new PeriodicTask("tested", Duration.ofHours(1), () -> {
            if (this.calls.incrementAndGet() == 1) {
                throw new IllegalStateException("in a test");
            }
        });
        task.start();
        try {
            awaitCalls(2);
            task.trigger();
            awaitCalls(3);
        }
        finally {
            task.stop();
        }
        assertThat(task.isRunning()).isFalse();
    }

}
