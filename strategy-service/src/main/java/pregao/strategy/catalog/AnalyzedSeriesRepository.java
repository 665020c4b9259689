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
 * Reads and writes the table {@code strategy.catalog_instrument}, which holds the candle
 * colors of analyses.
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
     * Creates a repository.
     * @param database the client of the connection to use
     */
    public AnalyzedSeriesRepository(JdbcClient database) {
        this.database = database;
    }

    /**
     * Stores series and replaces earlier ones of the same instruments.
     * @param jobId the id of the analysis
     * @param seriesList the series of some or all instruments of the analysis
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
     * Updates a series. The reference time never decreases, even if a candle of the past
     * arrives late.
     * @param jobId the id of the analysis
     * @param series the series of one instrument
     * @return false if the analysis does not exist any more
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
     * Returns all series of an analysis.
     * @param jobId the id of the analysis
     * @param timeframe the timeframe of its candles
     * @return the series, by feed and symbol
     */
    public List<AnalyzedSeries> findAll(UUID jobId, Timeframe timeframe) {
        return this.database.sql(SELECT + " order by feed, symbol")
            .param("job", jobId)
            .query((row, rowNumber) -> mapRow(row, timeframe))
            .list();
    }

    /**
     * Returns the series of one instrument of an analysis.
     * @param jobId the id of the analysis
     * @param timeframe the timeframe of its candles
     * @param instrument the instrument
     * @return the series, or empty if the instrument is not part of the analysis
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
