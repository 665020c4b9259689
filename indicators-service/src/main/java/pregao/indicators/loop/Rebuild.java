package pregao.indicators.loop;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.contracts.indicator.Convention;
import pregao.indicators.candle.History;
import pregao.indicators.candle.Series;
import pregao.indicators.indicator.Changes;
import pregao.indicators.indicator.SeriesRebuild;
import pregao.indicators.indicator.ValueStore;
import pregao.loop.fence.Transaction;

/**
 * Computes all values of partitions from stored candles, a page at a time, so that the
 * loop can go on polling meanwhile. Nothing of it is published: it is old.
 */
final class Rebuild {

    private static final Logger log = LoggerFactory.getLogger(Rebuild.class);

    private final DataSource database;

    private final Convention convention;

    private final ConventionStore conventions;

    private final ValueStore values = new ValueStore();

    private final Set<Integer> partitions;

    private final int partitionCount;

    private final Deque<Series> waiting = new ArrayDeque<>();

    private @Nullable SeriesRebuild current;

    private boolean listed;

    private int total;

    private long candles;

    Rebuild(DataSource database, Convention convention, ConventionStore conventions, List<Integer> partitions,
            int partitionCount) {
        this.database = database;
        this.convention = convention;
        this.conventions = conventions;
        this.partitions = new HashSet<>(partitions);
        this.partitionCount = partitionCount;
    }

    /**
     * Does the next page.
     * @return whether all is done
     */
    boolean goOn() throws SQLException {
        if (this.partitions.isEmpty()) {
            return true;
        }
        if (!this.listed) {
            list();
        }
        SeriesRebuild series = this.current;
        if (series == null) {
            Series next = this.waiting.poll();
            if (next == null) {
                finish();
                return true;
            }
            series = new SeriesRebuild(next, this.convention);
            this.current = series;
        }
        store(page(series));
        if (series.isDone()) {
            this.current = null;
            say();
        }
        return false;
    }

    private Changes page(SeriesRebuild series) throws SQLException {
        try (Connection connection = this.database.getConnection()) {
            return series.page(connection);
        }
    }

    private void store(Changes changes) throws SQLException {
        this.candles += changes.toStore().size();
        Transaction.run(this.database, (connection) -> {
            this.values.put(connection, changes.toStore());
            this.values.span(connection, changes.spans());
            return changes;
        });
    }

    private void list() throws SQLException {
        try (Connection connection = this.database.getConnection()) {
            for (Series series : History.all(connection)) {
                int partition = BuiltInPartitioner.partitionForKey(Utils.utf8(series.instrument().key()),
                        this.partitionCount);
                if (this.partitions.contains(partition)) {
                    this.waiting.add(series);
                }
            }
        }
        this.total = this.waiting.size();
        this.listed = true;
        if (this.total > 0) {
            log.info("computing all indicators of {} series anew, as {}", this.total, this.convention.text());
        }
    }

    private void say() {
        int done = this.total - this.waiting.size();
        if (done * 10 / this.total != (done - 1) * 10 / this.total) {
            log.info("indicators of {} of {} series are computed, {} values were new", done, this.total, this.candles);
        }
    }

    private void finish() throws SQLException {
        Transaction.run(this.database, (connection) -> {
            for (int partition : this.partitions) {
                this.conventions.put(connection, partition, this.convention);
            }
            return this.partitions;
        });
    }

}
