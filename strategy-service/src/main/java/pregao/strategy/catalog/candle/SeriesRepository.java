package pregao.strategy.catalog.candle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.feed.TradingCalendar;

/**
 * Finds the instruments that have candles in the tables {@code indicators.series} and
 * {@code market.feed}.
 */
@Component
public class SeriesRepository {

    private static final String SELECT = """
            select s.feed, s.symbol, date_part('epoch', s.last_ts)::bigint * 1000,
              date_part('epoch', l.last_ts)::bigint * 1000,
              coalesce(f.calendar, 'auto'), coalesce(f.event_time, false)
            from indicators.series s
            left join market.feed f using (feed)
            join (select feed, max(last_ts) last_ts from indicators.series where timeframe = :timeframe group by feed) l
              using (feed)
            where s.timeframe = :timeframe and\s""";

    private final JdbcClient database;

    SeriesRepository(JdbcClient database) {
        this.database = database;
    }

    /**
     * Returns the series of some instruments.
     * @param instruments the instruments
     * @param timeframe the timeframe of the candles
     * @return the series of those instruments that have candles, in any order
     */
    public List<SeriesInfo> findAll(Collection<Instrument> instruments, Timeframe timeframe) {
        return this.database
            .sql(SELECT
                    + "(s.feed, s.symbol) in (select * from unnest(cast(:feeds as text[]), cast(:symbols as text[])))")
            .param("timeframe", timeframe.name())
            .param("feeds", instruments.stream().map(Instrument::feed).toArray(String[]::new))
            .param("symbols", instruments.stream().map(Instrument::symbol).toArray(String[]::new))
            .query(SeriesRepository::mapRow)
            .list();
    }

    /**
     * Returns the instruments of a feed.
     * @param feed the name of the feed
     * @param timeframe the timeframe of the candles
     * @param maxItems the maximum number of instruments to return
     * @return the instruments by last candle, newest first, then by symbol
     */
    public List<Instrument> findInstruments(String feed, Timeframe timeframe, int maxItems) {
        return this.database.sql("""
                select feed, symbol from indicators.series where feed = :feed and timeframe = :timeframe
                order by last_ts desc, symbol limit :most""")
            .param("feed", feed)
            .param("timeframe", timeframe.name())
            .param("most", maxItems)
            .query((row, rowNumber) -> new Instrument(row.getString(1), row.getString(2)))
            .list();
    }

    /**
     * Returns the feeds that have candles.
     * @param timeframe the timeframe of the candles
     * @param maxItems the maximum number of feeds to return
     * @return the names of the feeds in order
     */
    public List<String> findFeeds(Timeframe timeframe, int maxItems) {
        return this.database
            .sql("select distinct feed from indicators.series where timeframe = :timeframe order by feed limit :most")
            .param("timeframe", timeframe.name())
            .param("most", maxItems)
            .query((row, rowNumber) -> Objects.requireNonNull(row.getString(1)))
            .list();
    }

    private static SeriesInfo mapRow(ResultSet row, int rowNumber) throws SQLException {
        return new SeriesInfo(new Instrument(row.getString(1), row.getString(2)), row.getLong(3), row.getLong(4),
                TradingCalendar.valueOf(row.getString(5).toUpperCase(Locale.ROOT)), row.getBoolean(6));
    }

}
