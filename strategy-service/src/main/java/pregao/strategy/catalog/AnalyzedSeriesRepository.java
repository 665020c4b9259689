package pregao.strategy.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.market.pattern.CandleColors;

/**
 * The table {@code strategy.catalog_instrument}: what analyses looked at.
 */
public final class AnalyzedSeriesRepository {

    private static final String SELECT = """
            select feed, symbol, from_ts, places, colours, as_of from strategy.catalog_instrument where job = :job""";

    private static final String UPSERT = """
            insert into strategy.catalog_instrument (job, feed, symbol, from_ts, places, colours, as_of)
            select :job, feed, symbol, to_timestamp(start / 1000.0), places, colours, to_timestamp(as_of / 1000.0)
            from unnest(cast(:feeds as text[]), cast(:symbols as text[]), cast(:starts as bigint[]),
              cast(:places as integer[]), cast(:colours as bytea[]), cast(:asOf as bigint[]))
              looked (feed, symbol, start, places, colours, as_of)
            on conflict (job, feed, symbol) do update
            set from_ts = excluded.from_ts, places = excluded.places, colours = excluded.colours, as_of = excluded.as_of""";

    private final JdbcClient database;

    /**
     * The table.
     * @param database of the connection that is to be used
     */
    public AnalyzedSeriesRepository(JdbcClient database) {
        this.database = database;
    }

    /**
     * Keeps what was looked at, instead of what was before.
     * @param jobId of which analysis
     * @param seriesList of some of its instruments
     */
    public void saveAll(UUID jobId, List<AnalyzedSeries> seriesList) {
        this.database.sql(UPSERT)
            .param("job", jobId)
            .param("feeds", seriesList.stream().map((series) -> series.instrument().feed()).toArray(String[]::new))
            .param("symbols", seriesList.stream().map((series) -> series.instrument().symbol()).toArray(String[]::new))
            .param("starts", seriesList.stream().map((series) -> series.colours().from()).toArray(Long[]::new))
            .param("places", seriesList.stream().map((series) -> series.colours().places()).toArray(Integer[]::new))
            .param("colours", seriesList.stream().map((series) -> series.colours().packed()).toArray(byte[][]::new))
            .param("asOf", seriesList.stream().map(AnalyzedSeries::asOf).toArray(Long[]::new))
            .update();
    }

    /**
     * Keeps what was looked at later; a candle of the past that comes late does not turn
     * the clock back.
     * @param jobId of which analysis
     * @param series of one of its instruments
     * @return false where the analysis is not there any more
     */
    public boolean update(UUID jobId, AnalyzedSeries series) {
        return this.database.sql("""
                update strategy.catalog_instrument set from_ts = to_timestamp(:start / 1000.0), places = :places,
                  colours = :colours, as_of = greatest(as_of, to_timestamp(:asOf / 1000.0))
                where job = :job and feed = :feed and symbol = :symbol""")
            .param("start", series.colours().from())
            .param("places", series.colours().places())
            .param("colours", series.colours().packed())
            .param("asOf", series.asOf())
            .param("job", jobId)
            .param("feed", series.instrument().feed())
            .param("symbol", series.instrument().symbol())
            .update() > 0;
    }

    /**
     * All that an analysis looked at.
     * @param jobId which
     * @param timeframe of its candles
     * @return by feed and symbol
     */
    public List<AnalyzedSeries> findAll(UUID jobId, Timeframe timeframe) {
        return this.database.sql(SELECT + " order by feed, symbol")
            .param("job", jobId)
            .query((row, rowNumber) -> mapRow(row, timeframe))
            .list();
    }

    /**
     * What an analysis looked at of one instrument.
     * @param jobId which
     * @param timeframe of its candles
     * @param instrument which
     * @return empty where it is not among them
     */
    public Optional<AnalyzedSeries> find(UUID jobId, Timeframe timeframe, Instrument instrument) {
        return this.database.sql(SELECT + " and feed = :feed and symbol = :symbol")
            .param("job", jobId)
            .param("feed", instrument.feed())
            .param("symbol", instrument.symbol())
            .query((row, rowNumber) -> mapRow(row, timeframe))
            .optional();
    }

    private static AnalyzedSeries mapRow(ResultSet row, Timeframe timeframe) throws SQLException {
        CandleColors colors = CandleColors.unpacked(timeframe, getEpochMillis(row, 3), row.getInt(4), row.getBytes(5));
        return new AnalyzedSeries(new Instrument(row.getString(1), row.getString(2)), colors, getEpochMillis(row, 6));
    }

    private static long getEpochMillis(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant().toEpochMilli();
    }

}
