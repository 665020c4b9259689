package pregao.indicators.indicator;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.NavigableSet;

import org.jspecify.annotations.Nullable;

import pregao.contracts.indicator.Convention;
import pregao.indicators.candle.History;
import pregao.indicators.candle.Series;
import pregao.indicators.candle.Stored;
import pregao.market.indicator.Indicators;

/**
 * Computes again what depends on candles that changed in the past: from each of them so
 * many candles on as indicators reach, from stored candles.
 */
final class Recomputation {

    private static final int PAGE = 2_048;

    private final Connection connection;

    private final Convention convention;

    private final Changes changes;

    Recomputation(Connection connection, Convention convention, Changes changes) {
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
    @Nullable SeriesState of(Series series, NavigableSet<Long> came) throws SQLException {
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

        private final Series series;

        private final NavigableSet<Long> came;

        private final SeriesState state;

        private final Indicators before = new Indicators(Recomputation.this.convention);

        private int sinceChange;

        private boolean reachedTheEnd;

        Run(Series series, NavigableSet<Long> came) {
            this.series = series;
            this.came = came;
            this.state = new SeriesState(this.before);
        }

        void from(long openTime) throws SQLException {
            History.before(Recomputation.this.connection,
                    List.of(new History.Start(this.series, openTime, 0, this.before)));
            long next = openTime;
            while (!this.reachedTheEnd && this.sinceChange < Indicators.REACH) {
                List<Stored> page = History.from(Recomputation.this.connection, this.series, next, PAGE);
                for (Stored stored : page) {
                    if (this.sinceChange == Indicators.REACH) {
                        return;
                    }
                    take(stored);
                }
                this.reachedTheEnd = page.size() < PAGE;
                next = Math.max(next, this.state.last() + 1);
            }
        }

        private void take(Stored stored) {
            long openTime = stored.candle().openTime();
            // One that changed may be gone, so what counts is whether it lies in between.
            Long changed = this.came.higher(this.state.last());
            this.sinceChange = (changed != null && changed <= openTime) ? 0 : this.sinceChange + 1;
            Recomputation.this.changes.again(stored, this.state.take(stored.candle()), this.came.contains(openTime));
        }

    }

}
