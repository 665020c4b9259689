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
 * The last final candles of many series, in one go: of each only when it opened and which
 * colour it has, as the whole of it would take longer to send than to find.
 */
public final class CandleColorRepository {

    private static final long MINUTE = 60_000;

    /**
     * Each candle is one number: its minute of the epoch times four, and its colour. What
     * has an index is asked for series by series, the newest first.
     */
    private static final String LAST = """
            from unnest(cast(:feeds as text[]), cast(:symbols as text[]), cast(:since as bigint[]))
              with ordinality w(feed, symbol, since, n)
            cross join lateral (
              select %s from (
                select c.ts, c.open, c.close, c.revision from market.candle c
                where c.feed = w.feed and c.symbol = w.symbol and c.timeframe = :timeframe
                  and c.ts >= to_timestamp(w.since) and c.final
                order by c.ts desc limit :candles) c) c""";

    private static final String PRINT = """
            date_part('epoch', min(c.ts))::bigint as first, date_part('epoch', max(c.ts))::bigint as last,
              count(*) as count, sum(c.revision) as revisions""";

    private static final String CODES = """
            , array_agg((date_part('epoch', c.ts) / 60)::int * 4
              + case when c.close > c.open then 1 when c.close < c.open then 2 else 3 end) as codes""";

    private static final String FINGERPRINTS = "select w.n, c.* " + LAST.formatted(PRINT);

    private static final String COLOURS = "select w.n, c.* " + LAST.formatted(PRINT + CODES);

    private final JdbcClient database;

    /**
     * The table.
     * @param database of the connection that is to be used
     */
    public CandleColorRepository(JdbcClient database) {
        this.database = database;
    }

    /**
     * Reads colours.
     * @param series which
     * @param stretch how long candles are, and how many of the last
     * @return of those series that have any
     */
    public Map<Instrument, CandleColors> colours(List<SeriesInfo> series, LookbackRange stretch) {
        Map<Instrument, CandleColors> colours = new HashMap<>();
        read(series, stretch).forEach((instrument, read) -> colours.put(instrument, read.colours()));
        return colours;
    }

    /** Each with the fingerprint of just those candles, as it is one question. */
    Map<Instrument, VersionedColors> read(List<SeriesInfo> series, LookbackRange stretch) {
        Map<Instrument, VersionedColors> read = new HashMap<>();
        query(COLOURS, series, stretch).query((row) -> {
            Array codes = row.getArray(6);
            if (codes != null) {
                read.put(instrument(series, row),
                        new VersionedColors(print(row), colours((Integer[]) codes.getArray(), stretch.timeframe())));
            }
        });
        return read;
    }

    Map<Instrument, SeriesVersion> fingerprints(List<SeriesInfo> series, LookbackRange stretch) {
        Map<Instrument, SeriesVersion> prints = new HashMap<>();
        query(FINGERPRINTS, series, stretch).query((row) -> {
            if (row.getInt(4) > 0) {
                prints.put(instrument(series, row), print(row));
            }
        });
        return prints;
    }

    private static SeriesVersion print(ResultSet row) throws SQLException {
        return new SeriesVersion(row.getLong(2), row.getLong(3), row.getInt(4), row.getLong(5));
    }

    private JdbcClient.StatementSpec query(String sql, List<SeriesInfo> series, LookbackRange stretch) {
        return this.database.sql(sql)
            .param("feeds", series.stream().map((seriesInfo) -> seriesInfo.instrument().feed()).toArray(String[]::new))
            .param("symbols", series.stream().map((each) -> each.instrument().symbol()).toArray(String[]::new))
            .param("since", series.stream().map((each) -> stretch.since(each.last()) / 1000).toArray(Long[]::new))
            .param("timeframe", stretch.timeframe().name())
            .param("candles", stretch.candles());
    }

    private static Instrument instrument(List<SeriesInfo> series, ResultSet row) throws SQLException {
        return series.get(Math.toIntExact(row.getLong(1)) - 1).instrument();
    }

    private static CandleColors colours(Integer[] codes, Timeframe timeframe) {
        int[] sorted = Arrays.stream(codes).mapToInt(Integer::intValue).sorted().toArray();
        long[] times = new long[sorted.length];
        byte[] colours = new byte[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            times[i] = (sorted[i] >> 2) * MINUTE;
            colours[i] = (byte) (sorted[i] & 3);
        }
        return CandleColors.marked(timeframe, times, colours);
    }

    /**
     * Colours with the fingerprint of their candles.
     *
     * @param print of the same candles
     * @param colours of them
     */
    record VersionedColors(SeriesVersion print, CandleColors colours) {

    }

}
