package pregao.strategy.manualorder;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import pregao.contracts.Instrument;

/**
 * Reads the last stored price of an instrument.
 */
@Component
class LastPriceRepository {

    private static final Duration MAX_AGE = Duration.ofMinutes(3);

    private static final String SELECT_LAST = """
            select (c.close * 100000000)::bigint, c.ts, coalesce(f.event_time, false)
            from market.candle c left join market.feed f on f.feed = c.feed
            where c.feed = :feed and c.symbol = :symbol and c.timeframe = 'M1' order by c.ts desc limit 1""";

    private final JdbcClient database;

    private final Clock clock;

    LastPriceRepository(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    LastPrice find(Instrument instrument) {
        Instant minTime = this.clock.instant().minus(MAX_AGE);
        return this.database.sql(SELECT_LAST)
            .param("feed", instrument.feed())
            .param("symbol", instrument.symbol())
            .query((row, number) -> new LastPrice(row.getLong(1),
                    !row.getBoolean(3) && row.getTimestamp(2).toInstant().isBefore(minTime)))
            .optional()
            .orElse(new LastPrice(0, true));
    }

    /**
     * A last price.
     *
     * @param close the price in units of 1e-8; 0 if there is none
     * @param stale whether the price is too old to act on
     */
    record LastPrice(long close, boolean stale) {

    }

}
