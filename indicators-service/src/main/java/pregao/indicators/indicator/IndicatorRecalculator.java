package pregao.indicators.indicator;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.NavigableSet;

import org.jspecify.annotations.Nullable;

import pregao.contracts.indicator.IndicatorConvention;
import pregao.indicators.candle.CandleHistoryRepository;
import pregao.indicators.candle.SeriesKey;
import pregao.indicators.candle.StoredCandle;
import pregao.market.indicator.IndicatorSet;

/**
 * Recalculates what depends on candles that changed in the past: after each of them, as
 * many stored candles as indicators reach.
 */
final class IndicatorRecalculator {

    private static final int PAGE_SIZE = 2_048;

    private final Connection connection;

    private final IndicatorConvention convention;

    private final IndicatorChanges changes;

    IndicatorRecalculator(Connection connection, IndicatorConvention convention, IndicatorChanges changes) {
        this.connection = connection;
        this.convention = convention;
        this.changes = changes;
    }

    /**
     * Recalculates a series.
     * @param series the series
     * @param changedTimes the open times of the changed candles, whose values are
     * published; not empty
     * @return the state at the end of the series, or null if the recalculation ended
     * before
     */
    @Nullable IndicatorState recalculate(SeriesKey series, NavigableSet<Long> changedTimes) throws SQLException {
        Long start = changedTimes.first();
        while (start != null) {
            Run run = new Run(series, changedTimes);
            run.recalculateFrom(start);
            if (run.hasReachedEnd) {
                return run.state;
            }
            start = changedTimes.higher(run.state.lastOpenTime());
        }
        return null;
    }

    /**
     * A run of consecutive candles that are all recalculated.
     */
    private final class Run {

        private final SeriesKey series;

        private final NavigableSet<Long> changedTimes;

        private final IndicatorState state;

        private final IndicatorSet indicators = new IndicatorSet(IndicatorRecalculator.this.convention);

        private int candlesSinceChange;

        private boolean hasReachedEnd;

        Run(SeriesKey series, NavigableSet<Long> changedTimes) {
            this.series = series;
            this.changedTimes = changedTimes;
            this.state = new IndicatorState(this.indicators);
        }

        void recalculateFrom(long openTime) throws SQLException {
            CandleHistoryRepository.warmUp(IndicatorRecalculator.this.connection,
                    List.of(new CandleHistoryRepository.WarmUp(this.series, openTime, 0, this.indicators)));
            long nextOpenTime = openTime;
            while (!this.hasReachedEnd && this.candlesSinceChange < IndicatorSet.REACH) {
                List<StoredCandle> page = CandleHistoryRepository.findFrom(IndicatorRecalculator.this.connection,
                        this.series, nextOpenTime, PAGE_SIZE);
                for (StoredCandle storedCandle : page) {
                    if (this.candlesSinceChange == IndicatorSet.REACH) {
                        return;
                    }
                    add(storedCandle);
                }
                this.hasReachedEnd = page.size() < PAGE_SIZE;
                nextOpenTime = Math.max(nextOpenTime, this.state.lastOpenTime() + 1);
            }
        }

        private void add(StoredCandle storedCandle) {
            long openTime = storedCandle.candle().openTime();
            // A changed candle may have been withdrawn, so what counts is whether its
            // open time was passed.
            Long nextChange = this.changedTimes.higher(this.state.lastOpenTime());
            this.candlesSinceChange = (nextChange != null && nextChange <= openTime) ? 0 : this.candlesSinceChange + 1;
            IndicatorRecalculator.this.changes.addRecomputed(storedCandle, this.state.add(storedCandle.candle()),
                    this.changedTimes.contains(openTime));
        }

    }

}
