package pregao.aggregator.pipeline;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import pregao.aggregator.candle.CandleRepository;
import pregao.aggregator.candle.DailyRollupCache;
import pregao.aggregator.candle.InstrumentDay;
import pregao.aggregator.refresh.RefreshRequestRepository;
import pregao.aggregator.tick.MinuteKey;
import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.feed.BucketGrid;
import pregao.market.candle.DailyRollup;
import pregao.market.candle.DayChanges;

/**
 * Folds the longer candles that a round touches: from what is remembered of the day where
 * that is enough, else from its stored minutes.
 */
final class RollupUpdater {

    /** A day has up to 1,440 minutes, and a poll may touch thousands of days. */
    private static final int DAYS_AT_A_TIME = 32;

    private final CandleRepository candles;

    private final DailyRollupCache memory;

    private final AssignedPartitions owned;

    RollupUpdater(CandleRepository candles, DailyRollupCache memory, AssignedPartitions owned) {
        this.candles = candles;
        this.memory = memory;
        this.owned = owned;
    }

    /**
     * Folds; what comes of it is not remembered yet.
     * @param connection in the transaction
     * @param round what was touched
     * @param stored M1 candles, as they were stored for the round
     * @param now epoch milliseconds
     */
    Result longer(Connection connection, AggregationCycle round, List<Candle> stored, long now) throws SQLException {
        SortedMap<InstrumentDay, DayChanges> touched = touched(round, stored);
        RefreshRequestRepository.add(connection,
                Stream.of(round.given(), round.withdrawn(), stored).flatMap(List::stream), now);
        Map<InstrumentDay, DailyRollup.RollupResult> folded = new HashMap<>();
        List<InstrumentDay> unknown = new ArrayList<>();
        touched.forEach((day, touch) -> {
            DailyRollup.RollupResult after = after(day, touch);
            if (after != null) {
                folded.put(day, after);
            }
            else if (touch.isLonger()) {
                unknown.add(day);
            }
        });
        Map<InstrumentDay, DailyRollup.RollupResult> wholes = wholes(connection, unknown, touched);
        List<Candle> longer = new ArrayList<>();
        List<Candle> emptied = new ArrayList<>();
        Map<Instrument, DailyRollup> days = new HashMap<>();
        touched.forEach((day, touch) -> {
            DailyRollup.RollupResult after = folded.get(day);
            if (after != null) {
                longer.addAll(after.longer());
                days.putIfAbsent(day.instrument(), after.day());
            }
            DailyRollup.RollupResult whole = wholes.get(day);
            if (whole != null) {
                longer.addAll(whole.longer());
                whole.emptied()
                    .forEach((ended) -> emptied.add(empty(day.instrument(), ended.timeframe(), ended.openTime())));
                days.put(day.instrument(), whole.day());
            }
        });
        return new Result(longer, emptied, days);
    }

    /** An M1 of no ticks; its values say nothing. */
    static Candle empty(MinuteKey minute) {
        return new Candle(minute.instrument(), Timeframe.M1, minute.minute(), 1, 1, 1, 1, BigDecimal.ZERO, null,
                CandleSource.TICKS, false, 0);
    }

    /** A longer candle of no minutes; its values say nothing. */
    static Candle empty(Instrument instrument, Timeframe timeframe, long openTime) {
        return new Candle(instrument, timeframe, openTime, 1, 1, 1, 1, BigDecimal.ZERO, null, CandleSource.ROLLUP,
                false, 0);
    }

    /** From their stored minutes, of which only a part is in memory at a time. */
    private Map<InstrumentDay, DailyRollup.RollupResult> wholes(Connection connection, List<InstrumentDay> days,
            Map<InstrumentDay, DayChanges> touched) throws SQLException {
        Map<InstrumentDay, DailyRollup.RollupResult> wholes = new HashMap<>();
        for (int from = 0; from < days.size(); from += DAYS_AT_A_TIME) {
            List<InstrumentDay> part = days.subList(from, Math.min(from + DAYS_AT_A_TIME, days.size()));
            Map<InstrumentDay, List<Candle>> minutes = this.candles.minutes(connection, part);
            for (InstrumentDay day : part) {
                wholes.put(day,
                        DailyRollup.rebuild(Objects.requireNonNull(touched.get(day)),
                                minutes.getOrDefault(day, List.of()), this.memory.find(day.instrument()),
                                endedBy(day.instrument())));
            }
        }
        return wholes;
    }

    /**
     * Remembers what was folded, once it is committed.
     */
    void remember(Result longer) {
        this.memory.remember(longer.days);
    }

    void forget(Predicate<Instrument> which) {
        this.memory.forget(which);
    }

    private DailyRollup.@Nullable RollupResult after(InstrumentDay day, DayChanges touch) {
        DailyRollup dailyRollup = this.memory.find(day.instrument());
        return (dailyRollup != null) ? dailyRollup.advance(touch, endedBy(day.instrument())) : null;
    }

    private long endedBy(Instrument instrument) {
        return this.owned.endedBy(this.owned.of(instrument));
    }

    private SortedMap<InstrumentDay, DayChanges> touched(AggregationCycle round, List<Candle> stored) {
        SortedMap<InstrumentDay, DayChanges> touched = new TreeMap<>();
        round.given().forEach((minute) -> of(minute.instrument(), minute.openTime(), touched).minute(minute));
        stored.forEach((minute) -> of(minute.instrument(), minute.openTime(), touched).minute(minute));
        round.withdrawn()
            .forEach((minute) -> of(minute.instrument(), minute.openTime(), touched).withdrawn(minute.openTime()));
        round.endedLonger()
            .forEach((ended) -> of(ended.instrument(), ended.openTime(), touched).ended(ended.timeframe(),
                    ended.openTime()));
        return touched;
    }

    private DayChanges of(Instrument instrument, long moment, Map<InstrumentDay, DayChanges> touched) {
        BucketGrid grid = this.owned.grid(instrument);
        return touched.computeIfAbsent(InstrumentDay.of(instrument, grid, moment),
                (key) -> new DayChanges(grid, key.day()));
    }

    /**
     * What came of it.
     *
     * @param candles M5 to D1, of each instrument in order
     * @param emptied those of which no minute is left; their values say nothing
     * @param days to be remembered
     */
    record Result(List<Candle> candles, List<Candle> emptied, Map<Instrument, DailyRollup> days) {

        Result {
            candles = List.copyOf(candles);
            emptied = List.copyOf(emptied);
            days = Map.copyOf(days);
        }

    }

}
