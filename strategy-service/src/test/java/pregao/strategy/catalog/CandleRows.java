package pregao.strategy.catalog;

import java.time.Instant;
import java.util.Random;

import pregao.contracts.Timeframe;
import pregao.strategy.StrategyDatabase;
import pregao.testsupport.MarketTestDatabase;

/**
 * Inserts candles that are written as letters: G (green), R (red), D (doji), and a dot
 * for a missing candle.
 */
public final class CandleRows {

    /** A Thursday at 10:00 UTC, the start of a block. */
    public static final Instant TEN_OCLOCK = Instant.parse("2025-01-02T10:00:00Z");

    private static final MarketTestDatabase DATABASE = StrategyDatabase.shared().market();

    private CandleRows() {
    }

    /**
     * Inserts M1 candles from a time. A candle that exists is updated and gets a higher
     * revision.
     */
    public static void put(String feed, String symbol, Instant from, String letters) {
        put(feed, symbol, Timeframe.M1, from, letters);
    }

    public static void put(String feed, String symbol, Timeframe timeframe, Instant from, String letters) {
        DATABASE.execute("""
                insert into market.candle as c (feed, symbol, timeframe, ts, open, high, low, close, volume, source,
                  final, rank, revision)
                select '%1$s', '%2$s', '%3$s', timestamptz '%4$s' + (n - 1) * interval '%5$d minute', 1.1, 1.3, 0.9,
                  case letter when 'G' then 1.10000001 when 'R' then 1.09999999 else 1.1 end, 1, 'given', true, 4, 1
                from regexp_split_to_table('%6$s', '') with ordinality l (letter, n) where letter <> '.'
                on conflict (feed, symbol, timeframe, ts) do update
                set close = excluded.close, revision = c.revision + 1;
                insert into indicators.series select feed, symbol, timeframe, min(ts), max(ts) from market.candle
                where feed = '%1$s' and symbol = '%2$s' and timeframe = '%3$s' group by 1, 2, 3
                on conflict (feed, symbol, timeframe) do update
                set first_ts = excluded.first_ts, last_ts = excluded.last_ts""".formatted(feed, symbol, timeframe, from,
                timeframe.minutes(), letters.replaceAll("[ |]", "")));
    }

    /** Marks a feed as a replay, whose time is that of its data. */
    public static void markAsReplay(String feed) {
        DATABASE.execute("""
                insert into market.feed values ('%s', 'mid', 'UTC', 1000, 'always', true) on conflict do nothing"""
            .formatted(feed));
    }

    /** Returns random letters. */
    public static String randomLetters(Random random, int length, double dojiRate) {
        StringBuilder letters = new StringBuilder();
        while (letters.length() < length) {
            letters.append((random.nextDouble() < dojiRate) ? 'D' : random.nextBoolean() ? 'G' : 'R');
        }
        return letters.toString();
    }

}
