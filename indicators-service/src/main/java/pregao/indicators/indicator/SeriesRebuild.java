package pregao.indicators.indicator;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import pregao.contracts.Moment;
import pregao.contracts.indicator.Convention;
import pregao.indicators.candle.History;
import pregao.indicators.candle.Series;
import pregao.indicators.candle.Stored;
import pregao.market.indicator.Indicators;

/**
 * Computes all values of one series from its first candle on, page after page.
 */
public final class SeriesRebuild {

    private static final int PAGE = 4_096;

    private final Series series;

    private final SeriesState state;

    private long next = Moment.FIRST;

    private boolean done;

    /**
     * Nothing is computed yet.
     * @param series which
     * @param convention of its values
     */
    public SeriesRebuild(Series series, Convention convention) {
        this.series = series;
        this.state = new SeriesState(new Indicators(convention));
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
    public Changes page(Connection connection) throws SQLException {
        Changes changes = new Changes();
        List<Stored> page = History.from(connection, this.series, this.next, PAGE);
        for (Stored stored : page) {
            changes.again(stored, this.state.take(stored.candle()), false);
        }
        this.done = page.size() < PAGE;
        this.next = this.state.last() + 1;
        return changes;
    }

}
