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
 * Computes all values of partitions from stored candles, one page for each call, so that
 * the consumer keeps polling. Publishes nothing, because the candles are old.
 */
final class IndicatorRebuildTask {

    private static final Logger log = LoggerFactory.getLogger(IndicatorRebuildTask.class);

    private final DataSource dataSource;

    private final IndicatorConvention convention;

    private final ConventionRepository conventions;

    private final IndicatorRepository indicators = new IndicatorRepository();

    private final Set<Integer> partitions;

    private final int partitionCount;

    private final Deque<SeriesKey> waitingSeries = new ArrayDeque<>();

    private @Nullable SeriesRebuildRequest currentRequest;

    private boolean isListed;

    private int totalSeries;

    private long storedValues;

    IndicatorRebuildTask(DataSource dataSource, IndicatorConvention convention, ConventionRepository conventions,
            List<Integer> partitions, int partitionCount) {
        this.dataSource = dataSource;
        this.convention = convention;
        this.conventions = conventions;
        this.partitions = new HashSet<>(partitions);
        this.partitionCount = partitionCount;
    }

    /**
     * Processes the next page.
     * @return true if the rebuild is complete
     */
    boolean processNextPage() throws SQLException {
        if (this.partitions.isEmpty()) {
            return true;
        }
        if (!this.isListed) {
            listSeries();
        }
        SeriesRebuildRequest request = this.currentRequest;
        if (request == null) {
            SeriesKey nextSeries = this.waitingSeries.poll();
            if (nextSeries == null) {
                markDone();
                return true;
            }
            request = new SeriesRebuildRequest(nextSeries, this.convention);
            this.currentRequest = request;
        }
        store(computeNextPage(request));
        if (request.isDone()) {
            this.currentRequest = null;
            logProgress();
        }
        return false;
    }

    private IndicatorChanges computeNextPage(SeriesRebuildRequest request) throws SQLException {
        try (Connection connection = this.dataSource.getConnection()) {
            return request.computeNextPage(connection);
        }
    }

    private void store(IndicatorChanges changes) throws SQLException {
        this.storedValues += changes.toStore().size();
        RetryingTransaction.run(this.dataSource, (connection) -> {
            this.indicators.put(connection, changes.toStore());
            this.indicators.upsertSeries(connection, changes.spans());
            return changes;
        });
    }

    private void listSeries() throws SQLException {
        try (Connection connection = this.dataSource.getConnection()) {
            for (SeriesKey series : CandleHistoryRepository.findAllSeries(connection)) {
                int partition = BuiltInPartitioner.partitionForKey(Utils.utf8(series.instrument().key()),
                        this.partitionCount);
                if (this.partitions.contains(partition)) {
                    this.waitingSeries.add(series);
                }
            }
        }
        this.totalSeries = this.waitingSeries.size();
        this.isListed = true;
        if (this.totalSeries > 0) {
            log.info("computing all indicators of {} series anew, as {}", this.totalSeries, this.convention.text());
        }
    }

    private void logProgress() {
        int doneSeries = this.totalSeries - this.waitingSeries.size();
        if (doneSeries * 10 / this.totalSeries != (doneSeries - 1) * 10 / this.totalSeries) {
            log.info("indicators of {} of {} series are computed, {} values were new", doneSeries, this.totalSeries,
                    this.storedValues);
        }
    }

    private void markDone() throws SQLException {
        RetryingTransaction.run(this.dataSource, (connection) -> {
            for (int partition : this.partitions) {
                this.conventions.put(connection, partition, this.convention);
            }
            return this.partitions;
        });
    }

}
