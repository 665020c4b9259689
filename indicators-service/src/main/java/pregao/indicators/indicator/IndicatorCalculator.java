package pregao.indicators.indicator;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import pregao.contracts.Instrument;
import pregao.contracts.candle.Candle;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.indicators.candle.CandleHistoryRepository;
import pregao.indicators.candle.SeriesKey;
import pregao.market.indicator.IndicatorSet;

/**
 * Computes what candles change. The next candle of a series takes constant time, however
 * long the series is. A candle in the past triggers a recalculation of everything that
 * depends on it, from the stored candles. Not thread-safe.
 */
public final class IndicatorCalculator {

    private final IndicatorConvention convention;

    private final Map<SeriesKey, IndicatorState> states;

    /**
     * Creates a calculator without any state.
     * @param convention the convention of all values
     * @param maxSeries the maximum number of series in memory; the least recently used
     * one is evicted
     */
    public IndicatorCalculator(IndicatorConvention convention, int maxSeries) {
        this.convention = convention;
        this.states = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<SeriesKey, IndicatorState> eldest) {
                return size() > maxSeries;
            }
        };
    }

    /**
     * Evicts the series of instruments, for example when another replica takes them over.
     * @param filter selects the instruments
     */
    public void evict(Predicate<Instrument> filter) {
        this.states.keySet().removeIf((series) -> filter.test(series.instrument()));
    }

    /**
     * Returns true if a candle may need more than the state in memory.
     * @param candle a new candle
     * @return false if it is the last candle of its series or a later one
     */
    public boolean needsHistory(Candle candle) {
        IndicatorState state = this.states.get(SeriesKey.of(candle));
        return state == null || candle.openTime() < state.lastOpenTime();
    }

    /**
     * Computes what candles change. The state in memory includes the candles afterwards,
     * so if the changes cannot be stored, all state must be evicted.
     * @param connection the connection to read with
     * @param newest the newest revision of each candle, by series and open time
     * @param withdrawn the candles that were withdrawn
     * @return the changes
     * @throws SQLException if a query fails
     */
    public IndicatorChanges computeChanges(Connection connection, Map<SeriesKey, NavigableMap<Long, Candle>> newest,
            Collection<Candle> withdrawn) throws SQLException {
        IndicatorChanges changes = new IndicatorChanges();
        Map<SeriesKey, NavigableSet<Long>> changedTimes = new LinkedHashMap<>();
        for (Candle candle : withdrawn) {
            changedTimes.computeIfAbsent(SeriesKey.of(candle), (series) -> new TreeSet<>()).add(candle.openTime());
            changes.addWithdrawn(candle);
        }
        this.states.keySet().removeAll(changedTimes.keySet());
        Map<SeriesKey, NavigableMap<Long, Candle>> candles = CandleHistoryRepository.excludeWithdrawn(connection,
                newest);
        Set<SeriesKey> seriesInPast = loadStates(connection, candles, changedTimes.keySet());
        candles.forEach((series, candlesByTime) -> {
            IndicatorState state = this.states.get(series);
            boolean isPast = state == null || seriesInPast.contains(series)
                    || candlesByTime.firstKey() < state.lastOpenTime();
            if (isPast || changedTimes.containsKey(series)) {
                changedTimes.computeIfAbsent(series, (key) -> new TreeSet<>()).addAll(candlesByTime.keySet());
            }
        });
        recompute(new IndicatorRecalculator(connection, this.convention, changes), changedTimes);
        candles.forEach((series, candlesByTime) -> {
            IndicatorState state = this.states.get(series);
            if (state != null) {
                append(state, changedTimes.containsKey(series) ? candlesByTime.tailMap(state.lastOpenTime(), false)
                        : candlesByTime, changes);
            }
        });
        return changes;
    }

    /**
     * Recalculates series from their stored candles, each of them once: withdrawn and new
     * candles of one series may be in the same poll. If a series is not recalculated to
     * its end, its state in memory is outdated and is removed.
     */
    private void recompute(IndicatorRecalculator recalculator, Map<SeriesKey, NavigableSet<Long>> changedTimes)
            throws SQLException {
        for (Map.Entry<SeriesKey, NavigableSet<Long>> entry : changedTimes.entrySet()) {
            IndicatorState state = recalculator.recalculate(entry.getKey(), entry.getValue());
            if (state != null) {
                this.states.put(entry.getKey(), state);
            }
            else {
                this.states.remove(entry.getKey());
            }
        }
    }

    private static void append(IndicatorState state, NavigableMap<Long, Candle> candlesByTime,
            IndicatorChanges changes) {
        for (Candle candle : candlesByTime.values()) {
            if (!state.isStale(candle)) {
                changes.addNew(candle, state.add(candle));
            }
        }
    }

    /**
     * Loads the state of series that are not in memory and are not recalculated anyway.
     * @return the series whose stored candles continue after the first new candle, or
     * have a later revision of it
     */
    private Set<SeriesKey> loadStates(Connection connection, Map<SeriesKey, NavigableMap<Long, Candle>> candles,
            Set<SeriesKey> changedSeries) throws SQLException {
        List<CandleHistoryRepository.WarmUp> warmUps = new ArrayList<>();
        candles.forEach((series, candlesByTime) -> {
            if (!this.states.containsKey(series) && !changedSeries.contains(series)) {
                Candle first = candlesByTime.firstEntry().getValue();
                warmUps.add(new CandleHistoryRepository.WarmUp(series, first.openTime(), first.revision(),
                        new IndicatorSet(this.convention)));
            }
        });
        if (warmUps.isEmpty()) {
            return Set.of();
        }
        // Between the new candles there may be stored ones that are not part of the
        // batch.
        Set<SeriesKey> seriesInPast = new HashSet<>();
        CandleHistoryRepository.findWithLater(connection, warmUps)
            .forEach((warmUp) -> seriesInPast.add(warmUp.series()));
        warmUps.removeIf((warmUp) -> seriesInPast.contains(warmUp.series()));
        CandleHistoryRepository.warmUp(connection, warmUps);
        warmUps.forEach((warmUp) -> this.states.put(warmUp.series(), new IndicatorState(warmUp.indicators())));
        return seriesInPast;
    }

}
