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
 * Aggregates the M5 to D1 candles that a cycle affects: from the cached rollup of the day
 * if that suffices, otherwise from the stored minutes of the day.
 */
final class RollupUpdater {

    /** A day has up to 1,440 minutes, and a poll may affect thousands of days. */
    private static final int DAYS_PER_QUERY = 32;

    private final CandleRepository candles;

    private final DailyRollupCache rollupCache;

    private final AssignedPartitions partitions;

    RollupUpdater(CandleRepository candles, DailyRollupCache rollupCache, AssignedPartitions partitions) {
        this.candles = candles;
        this.rollupCache = rollupCache;
        this.partitions = partitions;
    }

    /**
     * Aggregates the candles. The cache is updated only by {@link #markCommitted}.
     * @param connection the connection, in the transaction
     * @param cycle the cycle
     * @param stored the M1 candles that were stored for the cycle
     * @param now the current time, in epoch milliseconds
     */
    Result rollUp(Connection connection, AggregationCycle cycle, List<Candle> stored, long now) throws SQLException {
        SortedMap<InstrumentDay, DayChanges> changesByDay = collectChanges(cycle, stored);
        RefreshRequestRepository.add(connection,
                Stream.of(cycle.providedCandles(), cycle.withdrawnCandles(), stored).flatMap(List::stream), now);
        Map<InstrumentDay, DailyRollup.RollupResult> advancedDays = new HashMap<>();
        List<InstrumentDay> daysToRebuild = new ArrayList<>();
        changesByDay.forEach((day, changes) -> {
            DailyRollup.RollupResult advanced = advanceDay(day, changes);
            if (advanced != null) {
                advancedDays.put(day, advanced);
            }
            else if (changes.isLonger()) {
                daysToRebuild.add(day);
            }
        });
        Map<InstrumentDay, DailyRollup.RollupResult> rebuiltDays = rebuildDays(connection, daysToRebuild, changesByDay);
        List<Candle> candles = new ArrayList<>();
        List<Candle> emptiedCandles = new ArrayList<>();
        Map<Instrument, DailyRollup> rollups = new HashMap<>();
        changesByDay.forEach((day, changes) -> {
            DailyRollup.RollupResult advanced = advancedDays.get(day);
            if (advanced != null) {
                candles.addAll(advanced.longer());
                rollups.putIfAbsent(day.instrument(), advanced.day());
            }
            DailyRollup.RollupResult rebuilt = rebuiltDays.get(day);
            if (rebuilt != null) {
                candles.addAll(rebuilt.longer());
                rebuilt.emptied()
                    .forEach((ended) -> emptiedCandles
                        .add(createEmptyCandle(day.instrument(), ended.timeframe(), ended.openTime())));
                rollups.put(day.instrument(), rebuilt.day());
            }
        });
        return new Result(candles, emptiedCandles, rollups);
    }

    /** Returns an M1 candle without ticks; its values are placeholders. */
    static Candle createEmptyCandle(MinuteKey minute) {
        return new Candle(minute.instrument(), Timeframe.M1, minute.minute(), 1, 1, 1, 1, BigDecimal.ZERO, null,
                CandleSource.TICKS, false, 0);
    }

    /** Returns a longer candle without minutes; its values are placeholders. */
    static Candle createEmptyCandle(Instrument instrument, Timeframe timeframe, long openTime) {
        return new Candle(instrument, timeframe, openTime, 1, 1, 1, 1, BigDecimal.ZERO, null, CandleSource.ROLLUP,
                false, 0);
    }

    /**
     * Rebuilds days from their stored minutes, of which only a part is in memory at a
     * time.
     */
    private Map<InstrumentDay, DailyRollup.RollupResult> rebuildDays(Connection connection, List<InstrumentDay> days,
            Map<InstrumentDay, DayChanges> changesByDay) throws SQLException {
        Map<InstrumentDay, DailyRollup.RollupResult> rebuiltDays = new HashMap<>();
        for (int from = 0; from < days.size(); from += DAYS_PER_QUERY) {
            List<InstrumentDay> batch = days.subList(from, Math.min(from + DAYS_PER_QUERY, days.size()));
            Map<InstrumentDay, List<Candle>> minutes = this.candles.findMinutes(connection, batch);
            for (InstrumentDay day : batch) {
                rebuiltDays.put(day,
                        DailyRollup.rebuild(Objects.requireNonNull(changesByDay.get(day)),
                                minutes.getOrDefault(day, List.of()), this.rollupCache.find(day.instrument()),
                                closedUntil(day.instrument())));
            }
        }
        return rebuiltDays;
    }

    /**
     * Caches the rollups, once the transaction is committed.
     */
    void markCommitted(Result result) {
        this.rollupCache.putAll(result.days);
    }

    void evict(Predicate<Instrument> filter) {
        this.rollupCache.evict(filter);
    }

    private DailyRollup.@Nullable RollupResult advanceDay(InstrumentDay day, DayChanges changes) {
        DailyRollup rollup = this.rollupCache.find(day.instrument());
        return (rollup != null) ? rollup.advance(changes, closedUntil(day.instrument())) : null;
    }

    private long closedUntil(Instrument instrument) {
        return this.partitions.closedUntil(this.partitions.getTracker(instrument));
    }

    private SortedMap<InstrumentDay, DayChanges> collectChanges(AggregationCycle cycle, List<Candle> stored) {
        SortedMap<InstrumentDay, DayChanges> changesByDay = new TreeMap<>();
        cycle.providedCandles()
            .forEach((minute) -> getOrCreateChanges(minute.instrument(), minute.openTime(), changesByDay)
                .minute(minute));
        stored.forEach(
                (minute) -> getOrCreateChanges(minute.instrument(), minute.openTime(), changesByDay).minute(minute));
        cycle.withdrawnCandles()
            .forEach((minute) -> getOrCreateChanges(minute.instrument(), minute.openTime(), changesByDay)
                .withdrawn(minute.openTime()));
        cycle.endedLongerCandles()
            .forEach((ended) -> getOrCreateChanges(ended.instrument(), ended.openTime(), changesByDay)
                .ended(ended.timeframe(), ended.openTime()));
        return changesByDay;
    }

    private DayChanges getOrCreateChanges(Instrument instrument, long timestamp,
            Map<InstrumentDay, DayChanges> changesByDay) {
        BucketGrid grid = this.partitions.getGrid(instrument);
        return changesByDay.computeIfAbsent(InstrumentDay.of(instrument, grid, timestamp),
                (key) -> new DayChanges(grid, key.day()));
    }

    /**
     * The aggregated candles.
     *
     * @param candles M5 to D1 candles, in order for each instrument
     * @param emptied candles whose minutes are all gone; their values are placeholders
     * @param days the rollups to cache
     */
    record Result(List<Candle> candles, List<Candle> emptied, Map<Instrument, DailyRollup> days) {

        Result {
            candles = List.copyOf(candles);
            emptied = List.copyOf(emptied);
            days = Map.copyOf(days);
        }

    }

}
