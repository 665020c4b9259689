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
 * Turns candles into what they change. The next candle of a series costs the same however
 * many there were; one in the past has everything that depends on it computed again from
 * what is stored. For one thread.
 */
public final class IndicatorCalculator {

    private final IndicatorConvention convention;

    private final Map<SeriesKey, IndicatorState> states;

    /**
     * A calculation that remembers nothing.
     * @param convention of all values
     * @param maxSeries so many series are remembered, those last used
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
     * Forgets series, whose candles somebody else takes now.
     * @param filter which instruments
     */
    public void evict(Predicate<Instrument> filter) {
        this.states.keySet().removeIf((series) -> filter.test(series.instrument()));
    }

    /**
     * Whether a candle may need more than what is remembered of its series.
     * @param candle one that came
     * @return false if it is the last of its series or one behind it
     */
    public boolean needsHistory(Candle candle) {
        IndicatorState state = this.states.get(SeriesKey.of(candle));
        return state == null || candle.openTime() < state.lastOpenTime();
    }

    /**
     * What candles change. What is remembered has taken them afterwards, so where the
     * changes cannot be stored, all must be forgotten.
     * @param connection to read with
     * @param newest the newest of each open time, by series
     * @param withdrawn those that were removed
     * @return the changes
     * @throws SQLException where the database refuses
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
     * Computes series again from their stored candles, each once: what is gone and what
     * came of one series may be in the same poll. What is remembered of a series that is
     * not computed to its end does not know the past as it is now.
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
     * Brings what is needed of series that are not remembered and not computed again
     * anyway.
     * @return those of them whose stored candles go on behind the first that came, or
     * know a later revision of it
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
        // Between candles that came may be stored ones that did not come now.
        Set<SeriesKey> seriesInPast = new HashSet<>();
        CandleHistoryRepository.findWithLater(connection, warmUps)
            .forEach((warmUp) -> seriesInPast.add(warmUp.series()));
        warmUps.removeIf((warmUp) -> seriesInPast.contains(warmUp.series()));
        CandleHistoryRepository.warmUp(connection, warmUps);
        warmUps.forEach((warmUp) -> this.states.put(warmUp.series(), new IndicatorState(warmUp.indicators())));
        return seriesInPast;
    }

}
