package pregao.indicators.coverage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedClock;
import pregao.contracts.feed.TradingCalendar;
import pregao.market.dataquality.WeekendHours;

/**
 * Reads the table {@code indicators.series} with the settings of the feeds.
 */
@Component
public class SeriesRepository {

    private static final String SELECT_PAGE = """
            select s.feed, s.symbol, date_part('epoch', s.first_ts)::bigint, date_part('epoch', s.last_ts)::bigint,
              date_part('epoch', case when f.event_time
                then (select max(o.last_ts) from indicators.series o where o.feed = s.feed and o.timeframe = s.timeframe)
                else s.last_ts end)::bigint,
              f.clock, f.close_after_ms, f.calendar, f.event_time, f.day_zone,
              date_part('epoch', f.candles_changed_at)::bigint
            from indicators.series s left join market.feed f on f.feed = s.feed
            where s.timeframe = $1 and ($2 = '' or s.feed = $2) and ($3 = '' or s.symbol = $3)
              and (s.feed, s.symbol) > ($4, $5)
            order by s.feed, s.symbol
            limit $6""";

    private final DatabaseClient databaseClient;

    SeriesRepository(DatabaseClient databaseClient) {
        this.databaseClient = databaseClient;
    }

    /**
     * Finds a page of series, in order of feed and symbol.
     * @param timeframe the timeframe
     * @param feed the feed; null for all
     * @param symbol the symbol; null for all
     * @param after the instrument before the page; null for the first page
     * @param limit the maximum number of series
     * @return the series
     */
    public Mono<List<SeriesInfo>> findPage(Timeframe timeframe, @Nullable String feed, @Nullable String symbol,
            @Nullable Instrument after, int limit) {
        return this.databaseClient.sql(SELECT_PAGE)
            .bind(0, timeframe.name())
            .bind(1, Objects.requireNonNullElse(feed, ""))
            .bind(2, Objects.requireNonNullElse(symbol, ""))
            .bind(3, (after != null) ? after.feed() : "")
            .bind(4, (after != null) ? after.symbol() : "")
            .bind(5, limit)
            .map((row) -> readSeries(row, timeframe))
            .all()
            .collectList();
    }

    private static SeriesInfo readSeries(Readable row, Timeframe timeframe) {
        Instrument instrument = new Instrument(readRequired(row, 0, String.class), readRequired(row, 1, String.class));
        Feed defaults = Feed.named(instrument.feed());
        return new SeriesInfo(instrument, timeframe, readInstant(row, 2), readInstant(row, 3), readInstant(row, 4),
                readOptional(row, 5, String.class).map(FeedClock::parse).orElse(defaults.clock()),
                readOptional(row, 9, String.class).map(FeedClock::parse).orElse(defaults.dayZone()),
                readOptional(row, 6, Integer.class).map(Duration::ofMillis).orElse(defaults.closeAfter()),
                readOptional(row, 7, String.class).map((name) -> TradingCalendar.valueOf(name.toUpperCase(Locale.ROOT)))
                    .orElse(defaults.calendar()),
                readOptional(row, 8, Boolean.class).orElse(defaults.eventTime()),
                readOptional(row, 10, Long.class).map(Instant::ofEpochSecond).orElse(null), WeekendHours.UNKNOWN);
    }

    private static Instant readInstant(Readable row, int column) {
        return Instant.ofEpochSecond(readRequired(row, column, Long.class));
    }

    private static <T> Optional<T> readOptional(Readable row, int column, Class<T> type) {
        return Optional.ofNullable(row.get(column, type));
    }

    private static <T> T readRequired(Readable row, int column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type));
    }

}
