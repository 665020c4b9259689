package pregao.aggregator.refresh;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import javax.sql.DataSource;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pregao.aggregator.AggregatorTestEnvironment;
import pregao.aggregator.candle.CandleRepository;
import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.candle.Spread;
import pregao.contracts.feed.BucketGrid;
import pregao.contracts.feed.FeedClock;
import pregao.market.candle.CandleRollup;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the views of longer candles show the buckets of a feed's day zone, in every
 * edition of the dataSource.
 */
@Tag("store")
class DayZoneViewTests {

    /** Includes the clock change of New York on 8 March 2026. */
    private static final long START = Instant.parse("2026-03-06T00:00:00Z").toEpochMilli();

    private static final int DAYS = 5;

    private static int instrumentCount;

    private final DataSource dataSource = AggregatorTestEnvironment.database();

    private final Instrument instrument = new Instrument(
            "views-%d-%d".formatted(ProcessHandle.current().pid(), instrumentCount++), "EURUSD" + instrumentCount);

    @ParameterizedTest
    @ValueSource(strings = { "America/New_York+07:00", "Asia/Kathmandu", "Asia/Kolkata", "UTC" })
    void showsTheRollUpsOfTheGrid(String zone) throws SQLException {
        BucketGrid grid = BucketGrid.of(FeedClock.parse(zone));
        List<Candle> minutes = minutes();
        long[] openTimes = minutes.stream().mapToLong(Candle::openTime).toArray();
        List<Candle> longer = CandleRollup.touched(grid, minutes, openTimes, Long.MAX_VALUE);
        addFeed(zone);
        try (Connection connection = this.dataSource.getConnection()) {
            new CandleRepository().put(connection, minutes);
            new CandleRepository().put(connection, longer);
            RefreshRequestRepository.add(connection, minutes.stream(), START + Duration.ofDays(30).toMillis());
        }

        assertShown(longer, zone + " before the refresh");
        refresh();
        assertShown(longer, zone + " after the refresh");
    }

    private void assertShown(List<Candle> longer, String when) throws SQLException {
        for (Timeframe timeframe : Timeframe.ROLLED_UP) {
            assertThat(findShown(timeframe)).as("%s %s", timeframe, when)
                .isEqualTo(longer.stream()
                    .filter((candle) -> candle.timeframe() == timeframe)
                    .map(DayZoneViewTests::format)
                    .toList());
        }
    }

    private static String format(Candle candle) {
        Spread spread = candle.spread();
        return String.join(" ", Instant.ofEpochMilli(candle.openTime()).toString(), Prices.toText(candle.open()),
                Prices.toText(candle.high()), Prices.toText(candle.low()), Prices.toText(candle.close()),
                candle.volume().toPlainString(), (spread != null) ? Prices.toText(spread.units()) : "none");
    }

    private List<String> findShown(Timeframe timeframe) throws SQLException {
        String sql = """
                select concat_ws(' ', to_char(ts, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), trim_scale(open), trim_scale(high),
                    trim_scale(low), trim_scale(close), trim_scale(volume), coalesce(trim_scale(spread)::text, 'none'))
                from market_data_%s where feed = ? and symbol = ? order by ts"""
            .formatted(timeframe.name().toLowerCase(Locale.ROOT));
        List<String> rows = new ArrayList<>();
        try (Connection connection = this.dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, this.instrument.feed());
            statement.setString(2, this.instrument.symbol());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(row.getString(1));
                }
            }
        }
        return rows;
    }

    private void addFeed(String zone) throws SQLException {
        try (Connection connection = this.dataSource
            .getConnection(); PreparedStatement statement = connection.prepareStatement("""
                    insert into market.feed (feed, price_basis, clock, close_after_ms, calendar, event_time, day_zone)
                    values (?, 'mid', 'UTC', 2000, 'always', false, ?)""")) {
            statement.setString(1, this.instrument.feed());
            statement.setString(2, zone);
            statement.executeUpdate();
        }
    }

    /** Refreshes as the task of the service does in the full edition. */
    private void refresh() throws SQLException {
        try (Connection connection = this.dataSource.getConnection()) {
            ContinuousAggregateRefresher refresher = new ContinuousAggregateRefresher(connection);
            if (refresher.hasContinuousAggregates()) {
                assertThat(refresher.tryLock()).isTrue();
                refresher.refreshRequested();
                try (PreparedStatement unlock = connection.prepareStatement("select pg_advisory_unlock_all()")) {
                    unlock.execute();
                }
            }
        }
    }

    private List<Candle> minutes() {
        Random random = new Random(20_260_308);
        List<Candle> minutes = new ArrayList<>();
        for (long time = START; time < START + DAYS * Timeframe.D1.millis(); time += Timeframe.M1.millis()) {
            if (random.nextInt(4) == 0) {
                continue;
            }
            long open = 100_000_000L + random.nextInt(1_000_000);
            minutes.add(new Candle(this.instrument, Timeframe.M1, time, open, open + 500, open - 700, open + 100,
                    BigDecimal.valueOf(random.nextInt(100)), Spread.ofPrice(20 + random.nextInt(9)), CandleSource.TICKS,
                    true, 0));
        }
        return minutes;
    }

}
