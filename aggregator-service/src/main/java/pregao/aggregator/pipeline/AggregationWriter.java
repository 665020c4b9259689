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
 * Stores a round in one transaction, fenced by the moves of its partitions.
 */
final class AggregationWriter {

    private final DataSource database;

    private final RawTickRepository raw;

    private final CandleRepository candles;

    private final OffsetRepository progress;

    private final AssignedPartitions owned;

    private final RollupUpdater rollingUp;

    private final GridRebuild rebuild;

    AggregationWriter(DataSource database, RawTickRepository raw, CandleRepository candles, OffsetRepository progress,
            AssignedPartitions owned, RollupUpdater rollingUp, GridRebuild rebuild) {
        this.database = database;
        this.raw = raw;
        this.candles = candles;
        this.progress = progress;
        this.owned = owned;
        this.rollingUp = rollingUp;
        this.rebuild = rebuild;
    }

    /**
     * Stores a round.
     * @param round what to store
     * @param now epoch milliseconds
     * @return what is to be published, and the longer candles as they were folded
     */
    Result store(AggregationCycle round, long now) throws SQLException {
        Result result = RetryingTransaction.run(this.database, (connection) -> store(connection, round, now));
        this.rollingUp.remember(result.longer());
        this.rebuild.committed();
        return result;
    }

    private Result store(Connection connection, AggregationCycle round, long now) throws SQLException {
        List<StoredMinute> dirty = round.minutes().stream().filter(StoredMinute::isDirty).toList();
        if (!dirty.isEmpty()) {
            this.raw.write(connection, dirty);
        }
        List<CloseBoundary> closings = List.copyOf(round.closings().values());
        List<Candle> stored = new ArrayList<>(put(connection, round.folded(), closings, FinalityPromotion.MINUTES));
        UpsertResult emptied = this.candles.withdraw(connection,
                round.emptied().stream().map(RollupUpdater::empty).toList());
        stored.addAll(emptied.stored());
        round.withdrawn().addAll(emptied.withdrawn());
        RollupUpdater.Result longer = this.rollingUp.longer(connection, round, stored, now);
        stored.addAll(put(connection, longer.candles(), closings, FinalityPromotion.LONGER));
        UpsertResult withdrawn = this.candles.withdraw(connection, longer.emptied());
        stored.addAll(withdrawn.stored());
        GridRebuild.RebuildResult rebuilt = this.rebuild.step(connection, now);
        stored.addAll(put(connection, rebuilt.candles(), List.of(), FinalityPromotion.LONGER));
        List<Candle> gone = new ArrayList<>(emptied.withdrawn());
        gone.addAll(withdrawn.withdrawn());
        gone.addAll(rebuilt.removed());
        List<Candle> changed = new ArrayList<>(stored);
        changed.addAll(gone);
        this.progress.advance(connection, this.owned.moves(changed, this.rebuild.current()));
        return new Result(stored, gone, longer, rebuilt.candles());
    }

    void assigned(int partitionCount) {
        this.rebuild.assigned(partitionCount);
    }

    void lookForRebuilds(long now) throws SQLException {
        this.rebuild.look(now);
    }

    boolean isRebuildDue() {
        return this.rebuild.isDue();
    }

    boolean isRebuilding() {
        return this.rebuild.isPending();
    }

    void forget(Predicate<Instrument> which) {
        this.rollingUp.forget(which);
        this.rebuild.forget(which);
    }

    /**
     * Stores candles and promotes provided candles of closed buckets to final. If a
     * candle is forming here but stored as final, another replica with a faster clock or
     * a silence has closed it, and it stays final.
     */
    private List<Candle> put(Connection connection, List<Candle> folded, List<CloseBoundary> closings,
            FinalityPromotion promotion) throws SQLException {
        UpsertResult put = this.candles.put(connection, folded, closings, promotion);
        if (put.closedBefore().isEmpty()) {
            return put.stored();
        }
        List<Candle> stored = new ArrayList<>(put.stored());
        stored.addAll(this.candles.put(connection, put.closedBefore().stream().map(Candle::asFinal).toList()).stored());
        return stored;
    }

    /**
     * What a transaction did.
     *
     * @param stored with their revisions, M1 first
     * @param withdrawn candles that are gone, with the next revision
     * @param longer M5 to D1 as they were folded, stored or not
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
