package pregao.aggregator.refresh;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import javax.sql.DataSource;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import pregao.loop.fence.DatabaseFailure;

/**
 * The thread that refreshes, beside the loop and behind it: it may fail, wait and be
 * late.
 */
final class RefreshThread implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RefreshThread.class);

    private static final Duration PAUSE = Duration.ofSeconds(10);

    private static final Duration STOP_BOUND = Duration.ofSeconds(5);

    private final DataSource database;

    private final DatabaseJobs jobs;

    private final Counter failures;

    private volatile boolean running;

    private volatile @Nullable Connection connection;

    private volatile @Nullable Thread thread;

    RefreshThread(DataSource database, DatabaseJobs jobs, MeterRegistry registry) {
        this.database = database;
        this.jobs = jobs;
        this.failures = registry.counter("pregao.refresh.failures");
    }

    @Override
    public void start() {
        this.running = true;
        this.thread = Thread.ofPlatform().name("refresh").daemon().start(this::run);
    }

    @Override
    public void stop() {
        this.running = false;
        Thread stopping = this.thread;
        Connection current = this.connection;
        if (stopping == null) {
            return;
        }
        try {
            if (current != null) {
                current.abort(Runnable::run); // a refresh takes minutes, and is done
                                              // again
            }
            LockSupport.unpark(stopping);
            if (!stopping.join(STOP_BOUND)) {
                log.warn("the refresh has not ended within {} s", STOP_BOUND.toSeconds());
            }
        }
        catch (SQLException ex) {
            log.debug("not aborted: {}", ex.toString());
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

    private void run() {
        boolean needed = true;
        while (needed && this.running) {
            try (Connection opened = this.database.getConnection()) {
                this.connection = opened;
                needed = refresh(opened, new Refresher(opened));
            }
            catch (SQLException ex) {
                failed(ex);
            }
            finally {
                this.connection = null;
            }
            pause();
        }
    }

    /**
     * Refreshes until it fails or somebody else does it.
     * @return whether to come back
     */
    private boolean refresh(Connection connection, Refresher refresher) throws SQLException {
        if (!refresher.isNeeded()) {
            return false;
        }
        this.jobs.read(connection);
        if (refresher.begin()) {
            while (this.running) {
                refresher.turn();
                this.jobs.read(connection);
                pause();
            }
        }
        return true;
    }

    /** A policy at work on the same time is no failure: its turn comes before ours. */
    private void failed(SQLException failure) {
        if (!this.running) {
            return;
        }
        if (DatabaseFailure.of(failure) == DatabaseFailure.COLLISION) {
            log.info("a refresh waits for another one: {}", failure.getMessage());
            return;
        }
        this.failures.increment();
        log.warn("a refresh failed and is tried again in {} s: {}", PAUSE.toSeconds(), failure.toString());
    }

    private void pause() {
        if (this.running) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE.toMillis()));
        }
    }

}
