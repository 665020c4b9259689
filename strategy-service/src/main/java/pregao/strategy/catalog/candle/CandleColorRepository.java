package pregao.strategy.catalog.candle;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.jdbc.core.simple.JdbcClient;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.market.pattern.CandleColors;

/**
 * Reads the latest final candles of many series in one query. It reads only open times
 * and colors, because transferring whole candles takes longer than finding them.
 */
public final class CandleColorRepository {

    private static final long MINUTE_MILLIS = 60_000;

    /**
     * Selects the latest candles of each series. The lateral join reads each series from
     * the index, newest first. A candle is encoded as one number: its epoch minute times
     * 4 plus its color.
     */
    private static final String FROM_LAST_CANDLES = """
            from unnest(cast(:feeds as text[]), cast(:symbols as text[]), cast(:since as bigint[]))
              with ordinality w(feed, symbol, since, n)
            cross join lateral (
              select %s from (
                select c.ts, c.open, c.close, c.revision from market.candle c
                where c.feed = w.feed and c.symbol = w.symbol and c.timeframe = :timeframe
                  and c.ts >= to_timestamp(w.since) and c.final
                order by c.ts desc limit :candles) c) c""";

    private static final String VERSION_COLUMNS = """
            date_part('epoch', min(c.ts))::bigint as first, date_part('epoch', max(c.ts))::bigint as last,
              count(*) as count, sum(c.revision) as revisions""";

    private static final String CODES_COLUMN = """
            , array_agg((date_part('epoch', c.ts) / 60)::int * 4
              + case when c.close > c.open then 1 when c.close < c.open then 2 else 3 end) as codes""";

    private static final String SELECT_VERSIONS = "select w.n, c.* " + FROM_LAST_CANDLES.formatted(VERSION_COLUMNS);

    private static final String SELECT_COLORS = "select w.n, c.* "
            + FROM_LAST_CANDLES.formatted(VERSION_COLUMNS + CODES_COLUMN);

    private final JdbcClient database;

    /**
     * Creates a repository.
     * @param database the client of the connection to use
     */
    public CandleColorRepository(JdbcClient database) {
        this.database = database;
    }

    /**
     * Returns the colors of series.
     * @param series the series
     * @param lookback the timeframe and the number of latest candles
     * @return the colors of those series that have candles
     */
    public Map<Instrument, CandleColors> findColors(List<SeriesInfo> series, LookbackRange lookback) {
        Map<Instrument, CandleColors> colors = new HashMap<>();
        findVersionedColors(series, lookback)
            .forEach((instrument, versioned) -> colors.put(instrument, versioned.colours()));
        return colors;
    }

    /**
     * Returns the colors with the version of exactly those candles, because one query
     * reads both.
     */
    Map<Instrument, VersionedColors> findVersionedColors(List<SeriesInfo> series, LookbackRange lookback) {
        Map<Instrument, VersionedColors> versionedColors = new HashMap<>();
        bindParameters(SELECT_COLORS, series, lookback).query((row) -> {
            Array codes = row.getArray(6);
            if (codes != null) {
                versionedColors.put(findInstrument(series, row), new VersionedColors(readVersion(row),
                        decode((Integer[]) codes.getArray(), lookback.timeframe())));
            }
        });
        return versionedColors;
    }

    Map<Instrument, SeriesVersion> findVersions(List<SeriesInfo> series, LookbackRange lookback) {
        Map<Instrument, SeriesVersion> versions = new HashMap<>();
        bindParameters(SELECT_VERSIONS, series, lookback).query((row) -> {
            if (row.getInt(4) > 0) {
                versions.put(findInstrument(series, row), readVersion(row));
            }
        });
        return versions;
    }

    private static SeriesVersion readVersion(ResultSet row) throws SQLException {
        return new SeriesVersion(row.getLong(2), row.getLong(3), row.getInt(4), row.getLong(5));
    }

    private JdbcClient.StatementSpec bindParameters(String sql, List<SeriesInfo> series, LookbackRange lookback) {
        return this.database.sql(sql)
            .param("feeds", series.stream().map((seriesInfo) -> seriesInfo.instrument().feed()).toArray(String[]::new))
            .param("symbols",
                    series.stream().map((seriesInfo) -> seriesInfo.instrument().symbol()).toArray(String[]::new))
            .param("since",
                    series.stream()
                        .map((seriesInfo) -> lookback.earliestOpenTime(seriesInfo.last()) / 1000)
                        .toArray(Long[]::new))
            .param("timeframe", lookback.timeframe().name())
            .param("candles", lookback.candles());
    }

    private static Instrument findInstrument(List<SeriesInfo> series, ResultSet row) throws SQLException {
        return series.get(Math.toIntExact(row.getLong(1)) - 1).instrument();
    }

    private static CandleColors decode(Integer[] codes, Timeframe timeframe) {
        int[] sortedCodes = Arrays.stream(codes).mapToInt(Integer::intValue).sorted().toArray();
        long[] openTimes = new long[sortedCodes.length];
        byte[] colors = new byte[sortedCodes.length];
        for (int index = 0; index < sortedCodes.length; index++) {
            openTimes[index] = (sortedCodes[index] >> 2) * MINUTE_MILLIS;
            colors[index] = (byte) (sortedCodes[index] & 3);
        }
        return CandleColors.marked(timeframe, openTimes, colors);
    }

    /**
     * The colors of a series with the version of its candles.
     *
     * @param print the version
     * @param colours the colors
     */
    record VersionedColors(SeriesVersion print, CandleColors colours) {

    }

}
