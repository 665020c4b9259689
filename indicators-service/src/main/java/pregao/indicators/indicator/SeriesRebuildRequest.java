package pregao.indicators.indicator;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import pregao.contracts.EpochMillis;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.indicators.candle.CandleHistoryRepository;
import pregao.indicators.candle.SeriesKey;
import pregao.indicators.candle.StoredCandle;
import pregao.market.indicator.IndicatorSet;

/**
 * The computation of all values of one series, from its first candle on and page by page.
 */
public final class SeriesRebuildRequest {

    private static final int PAGE_SIZE = 4_096;

    private final SeriesKey series;

    private final IndicatorState state;

    private long nextOpenTime = EpochMillis.FIRST;

    private boolean isDone;

    /**
     * Creates a computation that has not started.
     * @param series the series
     * @param convention the convention of the values
     */
    public SeriesRebuildRequest(SeriesKey series, IndicatorConvention convention) {
        this.series = series;
        this.state = new IndicatorState(new IndicatorSet(convention));
    }

    /**
     * Returns true if the last page is computed.
     * @return whether the computation is complete
     */
    public boolean isDone() {
        return this.isDone;
    }

    /**
     * Computes the next page.
     * @param connection the connection to read with
     * @return the changes to store
     * @throws SQLException if the query fails
     */
    public IndicatorChanges computeNextPage(Connection connection) throws SQLException {
        IndicatorChanges changes = new IndicatorChanges();
        List<StoredCandle> page = CandleHistoryRepository.findFrom(connection, this.series, this.nextOpenTime,
                PAGE_SIZE);
        for (StoredCandle storedCandle : page) {
            changes.addRecomputed(storedCandle, this.state.add(storedCandle.candle()), false);
        }
        this.isDone = page.size() < PAGE_SIZE;
        this.nextOpenTime = this.state.lastOpenTime() + 1;
        return changes;
    }

}
