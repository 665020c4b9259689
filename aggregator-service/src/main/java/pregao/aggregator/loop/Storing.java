package pregao.aggregator.loop;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

import javax.sql.DataSource;

import pregao.aggregator.candle.CandleStore;
import pregao.aggregator.candle.Put;
import pregao.aggregator.feed.Feeds;
import pregao.aggregator.refresh.RefreshWishes;
import pregao.aggregator.tick.RawStore;
import pregao.aggregator.tick.TickMinute;
import pregao.contracts.Instrument;
import pregao.contracts.candle.Candle;
import pregao.loop.fence.ProgressStore;
import pregao.loop.fence.Transaction;
import pregao.market.candle.RollUp;

/**
 * Stores a round in one transaction, fenced by the moves of its partitions.
 */
final class Storing {

    private final DataSource database;

    private final RawStore raw;

    private final CandleStore candles;

    private final ProgressStore progress;

    private final Ownership owned;

    private final Feeds feeds;

    Storing(DataSource database, RawStore raw, CandleStore candles, ProgressStore progress, Ownership owned,
            Feeds feeds) {
        this.database = database;
        this.raw = raw;
        this.candles = candles;
        this.progress = progress;
        this.owned = owned;
        this.feeds = feeds;
    }

    /**
     * Stores a round.
     * @param round what to store
     * @param now epoch milliseconds
     * @return what is to be published, and the longer candles as they were folded
     */
    Result store(Round round, long now) throws SQLException {
        return Transaction.run(this.database, (connection) -> store(connection, round, now));
    }

    private Result store(Connection connection, Round round, long now) throws SQLException {
        List<TickMinute> dirty = round.minutes().stream().filter(TickMinute::isDirty).toList();
        if (!dirty.isEmpty()) {
            this.raw.write(connection, dirty);
        }
        List<Candle> stored = new ArrayList<>(put(connection, round.folded()));
        for (Candle minute : stored) {
            if (minute.complete()) {
                round.touch(minute.instrument(), minute.openTime());
            }
        }
        List<Candle> longer = longer(connection, round, now);
        stored.addAll(put(connection, longer));
        this.progress.move(connection, this.owned.moves(stored));
        return new Result(stored, longer);
    }

    /**
     * Puts candles. One that is forming here but stands final was closed by somebody
     * whose clock is ahead, or by a silence: what is final stays final.
     */
    private List<Candle> put(Connection connection, List<Candle> folded) throws SQLException {
        if (folded.isEmpty()) {
            return List.of();
        }
        Put put = this.candles.put(connection, folded);
        if (put.closedBefore().isEmpty()) {
            return put.stored();
        }
        List<Candle> stored = new ArrayList<>(put.stored());
        stored
            .addAll(this.candles.put(connection, put.closedBefore().stream().map(Candle::completed).toList()).stored());
        return stored;
    }

    private List<Candle> longer(Connection connection, Round round, long now) throws SQLException {
        if (round.touched().isEmpty()) {
            return List.of();
        }
        Map<Instrument, SortedSet<Long>> days = round.touchedDays();
        RefreshWishes.add(connection, days.values(), now);
        Map<Instrument, List<Candle>> minutes = this.candles.minutes(connection, days);
        List<Candle> longer = new ArrayList<>();
        for (Map.Entry<Instrument, SortedSet<Long>> entry : round.touched().entrySet()) {
            Instrument instrument = entry.getKey();
            long[] moments = entry.getValue().stream().mapToLong(Long::longValue).toArray();
            long endedBy = this.owned.of(instrument).endedBy(this.feeds.of(instrument.feed()), now);
            longer.addAll(RollUp.touched(minutes.getOrDefault(instrument, List.of()), moments, endedBy));
        }
        return longer;
    }

    /**
     * What a transaction did.
     *
     * @param stored with their revisions, M1 first
     * @param longer M5 to D1 as they were folded, stored or not
     */
    record Result(List<Candle> stored, List<Candle> longer) {

        Result {
            stored = List.copyOf(stored);
            longer = List.copyOf(longer);
        }

    }

}
