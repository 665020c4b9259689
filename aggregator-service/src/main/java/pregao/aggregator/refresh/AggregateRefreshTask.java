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
 * The thread that refreshes, beside the loop and behind it: it may fail, wait and be
 * late.
 */
final class AggregateRefreshTask implements SupervisedComponent {

    private static final Logger log = LoggerFactory.getLogger(AggregateRefreshTask.class);

    private static final Duration RETRY_DELAY = Duration.ofSeconds(10);

    /** A refresh of much history takes minutes. */
    private static final Duration MAX_SILENCE = Duration.ofHours(1);

    private final DataSource database;

    private final DatabaseJobs jobs;

    private final Counter failures;

    private final SupervisedThread thread = new SupervisedThread("refresh", MAX_SILENCE, this::run, this::abort);

    private volatile @Nullable Connection connection;

    AggregateRefreshTask(DataSource database, DatabaseJobs jobs, MeterRegistry registry) {
        this.database = database;
        this.jobs = jobs;
        this.failures = registry.counter("pregao.refresh.failures");
    }

    @Override
    public List<SupervisedThread> threads() {
        return List.of(this.thread);
    }

    /** A refresh takes minutes, and is done again. */
    private void abort() {
        Connection current = this.connection;
        if (current == null) {
            return;
        }
        try {
            current.abort(Runnable::run);
        }
        catch (SQLException ex) {
            log.debug("not aborted: {}", ex.toString());
        }
    }

    private void run(SupervisedThread supervised) throws InterruptedException, SQLException {
        boolean needed = true;
        try (Connection opened = this.database.getConnection()) {
            this.connection = opened;
            needed = refresh(opened, new ContinuousAggregateRefresher(opened), supervised);
            supervised.recordSuccess();
        }
        catch (SQLException ex) {
            failed(ex, supervised);
        }
        finally {
            this.connection = null;
        }
        if (!needed) {
            supervised.complete();
        }
        supervised.pause(RETRY_DELAY);
    }

    /**
     * Refreshes until a refresh fails or another replica takes over.
     * @return whether to come back
     */
    private boolean refresh(Connection connection, ContinuousAggregateRefresher refresher, SupervisedThread supervised)
            throws InterruptedException, SQLException {
        if (!refresher.isNeeded()) {
            return false;
        }
        this.jobs.read(connection);
        if (refresher.begin()) {
            while (supervised.isRunning()) {
                refresher.turn();
                this.jobs.read(connection);
                supervised.recordSuccess();
                supervised.pause(RETRY_DELAY);
            }
        }
        return true;
    }

    /** A policy at work on the same time is no failure: its turn comes before ours. */
    private void failed(SQLException failure, SupervisedThread supervised) throws InterruptedException, SQLException {
        if (!supervised.isRunning()) {
            return;
        }
        if (SqlErrorClass.of(failure) == SqlErrorClass.COLLISION) {
            log.info("a refresh waits for another one: {}", failure.getMessage());
            return;
        }
        this.failures.increment();
        supervised.pause(RETRY_DELAY);
        throw failure;
    }

}
