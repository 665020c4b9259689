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
 * Computes again what depends on candles that changed in the past: from each of them so
 * many candles on as indicators reach, from stored candles.
 */
final class IndicatorRecalculator {

    private static final int PAGE = 2_048;

    private final Connection connection;

    private final IndicatorConvention convention;

    private final IndicatorChanges changes;

    IndicatorRecalculator(Connection connection, IndicatorConvention convention, IndicatorChanges changes) {
        this.connection = connection;
        this.convention = convention;
        this.changes = changes;
    }

    /**
     * Computes a series again.
     * @param series which
     * @param came open times of the candles that changed, which are to be published; not
     * empty
     * @return the state at the end of the series, or null where that was not reached
     */
    @Nullable IndicatorState of(SeriesKey series, NavigableSet<Long> came) throws SQLException {
        Long from = came.first();
        while (from != null) {
            Run run = new Run(series, came);
            run.from(from);
            if (run.reachedTheEnd) {
                return run.state;
            }
            from = came.higher(run.state.last());
        }
        return null;
    }

    /**
     * One stretch of candles without a candle in it that stays as it was.
     */
    private final class Run {

        private final SeriesKey series;

        private final NavigableSet<Long> came;

        private final IndicatorState state;

        private final IndicatorSet before = new IndicatorSet(IndicatorRecalculator.this.convention);

        private int sinceChange;

        private boolean reachedTheEnd;

        Run(SeriesKey series, NavigableSet<Long> came) {
            this.series = series;
            this.came = came;
            this.state = new IndicatorState(this.before);
        }

        void from(long openTime) throws SQLException {
            CandleHistoryRepository.before(IndicatorRecalculator.this.connection,
                    List.of(new CandleHistoryRepository.WarmUp(this.series, openTime, 0, this.before)));
            long next = openTime;
            while (!this.reachedTheEnd && this.sinceChange < IndicatorSet.REACH) {
                List<StoredCandle> page = CandleHistoryRepository.from(IndicatorRecalculator.this.connection,
                        this.series, next, PAGE);
                for (StoredCandle stored : page) {
                    if (this.sinceChange == IndicatorSet.REACH) {
                        return;
                    }
                    take(stored);
                }
                this.reachedTheEnd = page.size() < PAGE;
                next = Math.max(next, this.state.last() + 1);
            }
        }

        private void take(StoredCandle stored) {
            long openTime = stored.candle().openTime();
            // One that changed may be gone, so what counts is whether it lies in between.
            Long changed = this.came.higher(this.state.last());
            this.sinceChange = (changed != null && changed <= openTime) ? 0 : this.sinceChange + 1;
            IndicatorRecalculator.this.changes.addRecomputed(stored, this.state.take(stored.candle()),
                    this.came.contains(openTime));
        }

    }

}
