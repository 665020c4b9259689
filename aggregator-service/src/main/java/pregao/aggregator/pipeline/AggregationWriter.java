package pregao.aggregator.pipeline;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import javax.sql.DataSource;

import pregao.aggregator.candle.CandleRepository;
import pregao.aggregator.candle.CloseBoundary;
import pregao.aggregator.candle.FinalityPromotion;
import pregao.aggregator.candle.UpsertResult;
import pregao.aggregator.tick.RawTickRepository;
import pregao.aggregator.tick.StoredMinute;
import pregao.contracts.Instrument;
import pregao.contracts.candle.Candle;
import pregao.pipeline.offset.OffsetRepository;
import pregao.pipeline.offset.RetryingTransaction;

/**
 * Stores a cycle in one transaction, which the offsets of its partitions fence.
 */
final class AggregationWriter {

    private final DataSource dataSource;

    private final RawTickRepository rawTicks;

    private final CandleRepository candles;

    private final OffsetRepository offsetRepository;

    private final AssignedPartitions partitions;

    private final RollupUpdater rollupUpdater;

    private final GridRebuild gridRebuild;

    AggregationWriter(DataSource dataSource, RawTickRepository rawTicks, CandleRepository candles,
            OffsetRepository offsetRepository, AssignedPartitions partitions, RollupUpdater rollupUpdater,
            GridRebuild gridRebuild) {
        this.dataSource = dataSource;
        this.rawTicks = rawTicks;
        this.candles = candles;
        this.offsetRepository = offsetRepository;
        this.partitions = partitions;
        this.rollupUpdater = rollupUpdater;
        this.gridRebuild = gridRebuild;
    }

    /**
     * Stores a cycle.
     * @param cycle the cycle to store
     * @param now the current time, in epoch milliseconds
     * @return the candles to publish, and the longer candles as they were aggregated
     */
    Result store(AggregationCycle cycle, long now) throws SQLException {
        Result result = RetryingTransaction.run(this.dataSource, (connection) -> store(connection, cycle, now));
        this.rollupUpdater.markCommitted(result.longer());
        this.gridRebuild.markCommitted();
        return result;
    }

    private Result store(Connection connection, AggregationCycle cycle, long now) throws SQLException {
        List<StoredMinute> dirtyMinutes = cycle.minutes().stream().filter(StoredMinute::isDirty).toList();
        if (!dirtyMinutes.isEmpty()) {
            this.rawTicks.write(connection, dirtyMinutes);
        }
        List<CloseBoundary> closeBoundaries = List.copyOf(cycle.closeBoundaries().values());
        List<Candle> stored = new ArrayList<>(
                put(connection, cycle.foldedCandles(), closeBoundaries, FinalityPromotion.MINUTES));
        UpsertResult emptiedResult = this.candles.withdraw(connection,
                cycle.emptiedMinutes().stream().map(RollupUpdater::createEmptyCandle).toList());
        stored.addAll(emptiedResult.stored());
        cycle.withdrawnCandles().addAll(emptiedResult.withdrawn());
        RollupUpdater.Result rollups = this.rollupUpdater.rollUp(connection, cycle, stored, now);
        stored.addAll(put(connection, rollups.candles(), closeBoundaries, FinalityPromotion.LONGER));
        UpsertResult withdrawResult = this.candles.withdraw(connection, rollups.emptied());
        stored.addAll(withdrawResult.stored());
        GridRebuild.RebuildResult rebuildResult = this.gridRebuild.rebuildNextDays(connection, now);
        stored.addAll(put(connection, rebuildResult.candles(), List.of(), FinalityPromotion.LONGER));
        List<Candle> withdrawnCandles = new ArrayList<>(emptiedResult.withdrawn());
        withdrawnCandles.addAll(withdrawResult.withdrawn());
        withdrawnCandles.addAll(rebuildResult.removed());
        List<Candle> changedCandles = new ArrayList<>(stored);
        changedCandles.addAll(withdrawnCandles);
        this.offsetRepository.advance(connection,
                this.partitions.pendingAdvances(changedCandles, this.gridRebuild.getCurrentInstrument()));
        return new Result(stored, withdrawnCandles, rollups, rebuildResult.candles());
    }

    void onPartitionsAssigned(int partitionCount) {
        this.gridRebuild.onPartitionsAssigned(partitionCount);
    }

    void checkForRebuilds(long now) throws SQLException {
        this.gridRebuild.checkForRebuilds(now);
    }

    boolean isRebuildDue() {
        return this.gridRebuild.isDue();
    }

    boolean isRebuilding() {
        return this.gridRebuild.hasPendingRebuilds();
    }

    void evict(Predicate<Instrument> filter) {
        this.rollupUpdater.evict(filter);
        this.gridRebuild.evict(filter);
    }

    /**
     * Stores candles and promotes provided candles of closed buckets to final. If a
     * candle is forming in this cycle but stored as final, another replica has closed it,
     * with a faster clock or after a silence, and it stays final.
     */
    private List<Candle> put(Connection connection, List<Candle> candles, List<CloseBoundary> closeBoundaries,
            FinalityPromotion promotion) throws SQLException {
        UpsertResult result = this.candles.put(connection, candles, closeBoundaries, promotion);
        if (result.closedBefore().isEmpty()) {
            return result.stored();
        }
        List<Candle> stored = new ArrayList<>(result.stored());
        stored.addAll(
                this.candles.put(connection, result.closedBefore().stream().map(Candle::asFinal).toList()).stored());
        return stored;
    }

    /**
     * The result of the transaction.
     *
     * @param stored the stored candles with their revisions, M1 first
     * @param withdrawn the withdrawn candles, with their next revision
     * @param longer M5 to D1 as they were aggregated, stored or not
     * @param rebuilt M30 to D1 on the new grid of an instrument
     */
    record Result(List<Candle> stored, List<Candle> withdrawn, RollupUpdater.Result longer, List<Candle> rebuilt) {

        Result {
            stored = List.copyOf(stored);
            withdrawn = List.copyOf(withdrawn);
            rebuilt = List.copyOf(rebuilt);
        }

    }

}
