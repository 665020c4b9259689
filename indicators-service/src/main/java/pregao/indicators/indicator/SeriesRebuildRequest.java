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
 * Computes all values of one series from its first candle on, page after page.
 */
public final class SeriesRebuildRequest {

    private static final int PAGE = 4_096;

    private final SeriesKey series;

    private final IndicatorState state;

    private long next = EpochMillis.FIRST;

    private boolean done;

    /**
     * Nothing is computed yet.
     * @param series which
     * @param convention of its values
     */
    public SeriesRebuildRequest(SeriesKey series, IndicatorConvention convention) {
        this.series = series;
        this.state = new IndicatorState(new IndicatorSet(convention));
    }

    /**
     * Whether the last page was computed.
     * @return true at the end
     */
    public boolean isDone() {
        return this.done;
    }

    /**
     * Computes the next page.
     * @param connection to read with
     * @return what is to be stored of it
     * @throws SQLException where the database refuses
     */
    public IndicatorChanges page(Connection connection) throws SQLException {
        IndicatorChanges changes = new IndicatorChanges();
        List<StoredCandle> page = CandleHistoryRepository.from(connection, this.series, this.next, PAGE);
        for (StoredCandle stored : page) {
            changes.addRecomputed(stored, this.state.take(stored.candle()), false);
        }
        this.done = page.size() < PAGE;
        this.next = this.state.last() + 1;
        return changes;
    }

}
