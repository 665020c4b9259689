package pregao.aggregator.refresh;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.background.SupervisedComponent;
import pregao.background.SupervisedThread;
import pregao.pipeline.offset.SqlErrorClass;

/**
 * Refreshes the continuous aggregates on its own thread, outside the tick pipeline: it
 * may fail, wait, and lag behind.
 */
final class AggregateRefreshTask implements SupervisedComponent {

    private static final Logger log = LoggerFactory.getLogger(AggregateRefreshTask.class);

    private static final Duration RETRY_DELAY = Duration.ofSeconds(10);

    /** A refresh of a long history takes minutes. */
    private static final Duration MAX_SUCCESS_AGE = Duration.ofHours(1);

    private final DataSource dataSource;

    private final DatabaseJobs jobs;

    private final Counter failures;

    private final SupervisedThread thread = new SupervisedThread("refresh", MAX_SUCCESS_AGE, this::run, this::abort);

    private volatile @Nullable Connection openConnection;

    AggregateRefreshTask(DataSource dataSource, DatabaseJobs jobs, MeterRegistry registry) {
        this.dataSource = dataSource;
        this.jobs = jobs;
        this.failures = registry.counter("pregao.refresh.failures");
    }

    @Override
    public List<SupervisedThread> threads() {
        return List.of(this.thread);
    }

    /**
     * A refresh takes minutes and is repeated after a restart, so stopping does not wait
     * for it.
     */
    private void abort() {
        Connection connection = this.openConnection;
        if (connection == null) {
            return;
        }
        try {
            connection.abort(Runnable::run);
        }
        catch (SQLException ex) {
            log.debug("not aborted: {}", ex.toString());
        }
    }

    private void run(SupervisedThread thread) throws InterruptedException, SQLException {
        boolean isNeeded = true;
        try (Connection connection = this.dataSource.getConnection()) {
            this.openConnection = connection;
            isNeeded = refresh(connection, new ContinuousAggregateRefresher(connection), thread);
            thread.recordSuccess();
        }
        catch (SQLException ex) {
            handleFailure(ex, thread);
        }
        finally {
            this.openConnection = null;
        }
        if (!isNeeded) {
            thread.complete();
        }
        thread.pause(RETRY_DELAY);
    }

    /**
     * Refreshes until a refresh fails or the service stops. Another replica may hold the
     * lock.
     * @return true to try again later, false if the database has no continuous aggregates
     */
    private boolean refresh(Connection connection, ContinuousAggregateRefresher refresher, SupervisedThread thread)
            throws InterruptedException, SQLException {
        if (!refresher.hasContinuousAggregates()) {
            return false;
        }
        this.jobs.read(connection);
        if (refresher.tryLock()) {
            while (thread.isRunning()) {
                refresher.refreshRequested();
                this.jobs.read(connection);
                thread.recordSuccess();
                thread.pause(RETRY_DELAY);
            }
        }
        return true;
    }

    /**
     * Handles a failure. A policy that refreshes the same period at the same time is not
     * a failure: it goes first.
     */
    private void handleFailure(SQLException failure, SupervisedThread thread)
            throws InterruptedException, SQLException {
        if (!thread.isRunning()) {
            return;
        }
        if (SqlErrorClass.of(failure) == SqlErrorClass.COLLISION) {
            log.info("a refresh waits for another one: {}", failure.getMessage());
            return;
        }
        this.failures.increment();
        thread.pause(RETRY_DELAY);
        throw failure;
    }

}
