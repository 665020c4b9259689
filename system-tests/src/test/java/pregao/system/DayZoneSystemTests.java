package pregao.system;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import pregao.contracts.feed.Feed;
import pregao.system.driver.Await;
import pregao.system.driver.ReadCandle;
import pregao.system.driver.Trader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Stored candles and their indicators follow the day zone of the feed when it changes.
 */
@SystemTest
class DayZoneSystemTests {

    private static final Instant START = Instant.parse("2025-05-20T00:00:00Z");

    private static final Duration TIME = Duration.ofDays(3);

    @Test
    void rebuildsCandlesAndIndicators(SystemUnderTest system) {
        Trader trader = system.trader("day-zone", Feeds.PLAIN);
        List<String> minutes = new ArrayList<>();
        for (long minute = 0; minute < TIME.toMinutes(); minute++) {
            String price = "1." + (1_000 + minute % 97);
            minutes.add(Quotes.m1("EURUSD", START.plusSeconds(60 * minute), price, price, price, price));
        }
        assertThat(trader.candles(minutes).count("inserted")).isEqualTo(TIME.toMinutes());
        trader.awaitFinal(3, "EURUSD", "D1", START, TIME);
        awaitIndicators(system, trader, "D1", 3);

        Feed feed = Feed.named(trader.feed());
        system.announce(new Feed(feed.name(), feed.basis(), feed.clock(), Feeds.BROKER_CLOCK, feed.closeAfter(),
                feed.calendar(), feed.eventTime()), trader.key());

        Instant first = Instant.parse("2025-05-19T21:00:00Z");
        List<ReadCandle> days = trader.await("days of the broker", "EURUSD", "D1", first,
                first.plus(Duration.ofDays(5)),
                (read) -> read.stream()
                    .map(ReadCandle::ts)
                    .toList()
                    .equals(List.of(first, first.plus(Duration.ofDays(1)), first.plus(Duration.ofDays(2)),
                            first.plus(Duration.ofDays(3)))));
        assertThat(days).extracting((day) -> day.volume().intValue())
            .containsExactly(21 * 60 * 100, 24 * 60 * 100, 24 * 60 * 100, 3 * 60 * 100);
        awaitIndicators(system, trader, "D1", 4);
        awaitIndicators(system, trader, "H4", 19);
    }

    /** Each candle has its values, and nothing else has. */
    private static void awaitIndicators(SystemUnderTest system, Trader trader, String timeframe, int candles) {
        Await.see(candles + " indicators of " + timeframe,
                () -> system.sql("""
                        select count(c.ts) || ' of ' || count(i.ts)
                        from (select * from market.candle where feed = ? and timeframe = ?) c
                        full join (select * from market.indicator where feed = ? and timeframe = ?) i using (ts)""",
                        trader.feed(), timeframe, trader.feed(), timeframe),
                (counts) -> counts.equals(List.of(candles + " of " + candles)));
        assertThat(system.sql("""
                select count(*) from market.candle c join market.indicator i using (feed, symbol, timeframe, ts)
                where c.feed = ? and c.timeframe = ?""", trader.feed(), timeframe))
            .containsExactly(Integer.toString(candles));
    }

}
