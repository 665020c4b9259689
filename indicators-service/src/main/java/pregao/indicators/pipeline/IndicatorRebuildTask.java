package pregao.indicators.pipeline;

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

import pregao.contracts.indicator.IndicatorConvention;
import pregao.indicators.candle.CandleHistoryRepository;
import pregao.indicators.candle.SeriesKey;
import pregao.indicators.indicator.IndicatorChanges;
import pregao.indicators.indicator.IndicatorRepository;
import pregao.indicators.indicator.SeriesRebuildRequest;
import pregao.pipeline.offset.RetryingTransaction;

/**
 * Computes all values of partitions from stored candles, a page at a time, so that the
 * loop can go on polling meanwhile. Nothing of it is published: it is old.
 */
final class IndicatorRebuildTask {

    private static final Logger log = LoggerFactory.getLogger(IndicatorRebuildTask.class);

    private final DataSource database;

    private final IndicatorConvention convention;

    private final ConventionRepository conventions;

    private final IndicatorRepository values = new IndicatorRepository();

    private final Set<Integer> partitions;

    private final int partitionCount;

    private final Deque<SeriesKey> waiting = new ArrayDeque<>();

    private @Nullable SeriesRebuildRequest current;

    private boolean listed;

    private int total;

    private long candles;

    IndicatorRebuildTask(DataSource database, IndicatorConvention convention, ConventionRepository conventions,
            List<Integer> partitions, int partitionCount) {
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
    boolean processNextPage() throws SQLException {
        if (this.partitions.isEmpty()) {
            return true;
        }
        if (!this.listed) {
            listSeries();
        }
        SeriesRebuildRequest series = this.current;
        if (series == null) {
            SeriesKey next = this.waiting.poll();
            if (next == null) {
                markDone();
                return true;
            }
            series = new SeriesRebuildRequest(next, this.convention);
            this.current = series;
        }
        store(page(series));
        if (series.isDone()) {
            this.current = null;
            logProgress();
        }
        return false;
    }

    private IndicatorChanges page(SeriesRebuildRequest series) throws SQLException {
        try (Connection connection = this.database.getConnection()) {
            return series.page(connection);
        }
    }

    private void store(IndicatorChanges changes) throws SQLException {
        this.candles += changes.toStore().size();
        RetryingTransaction.run(this.database, (connection) -> {
            this.values.put(connection, changes.toStore());
            this.values.span(connection, changes.spans());
            return changes;
        });
    }

    private void listSeries() throws SQLException {
        try (Connection connection = this.database.getConnection()) {
            for (SeriesKey series : CandleHistoryRepository.all(connection)) {
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

    private void logProgress() {
        int done = this.total - this.waiting.size();
        if (done * 10 / this.total != (done - 1) * 10 / this.total) {
            log.info("indicators of {} of {} series are computed, {} values were new", done, this.total, this.candles);
        }
    }

    private void markDone() throws SQLException {
        RetryingTransaction.run(this.database, (connection) -> {
            for (int partition : this.partitions) {
                this.conventions.put(connection, partition, this.convention);
            }
            return this.partitions;
        });
    }

}
