package pregao.strategy.evidence;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;

/**
 * Finds final candles that may differ from those on which a bot decided.
 */
@Component
class CandleRevisionRepository {

    private static final String SELECT = """
            select timeframe, ts, revision from market.candle
            where feed = :feed and symbol = :symbol and timeframe in ('M1', :timeframe) and final and revision > 1
              and ts >= :from and ts < :to order by ts\s""";

    private static final String COUNT_MINUTE = """
            select count(*) from market.candle
            where feed = :feed and symbol = :symbol and timeframe = 'M1' and final and ts = :at""";

    private final JdbcClient database;

    CandleRevisionRepository(JdbcClient database) {
        this.database = database;
    }

    /**
     * Returns the first revised candles of a time range, of M1 and of another timeframe.
     */
    List<CandleRevision> findFirst(Instrument instrument, Timeframe timeframe, Instant from, Instant to, int maxItems) {
        return find("asc", instrument, timeframe, from, to, maxItems);
    }

    /**
     * Returns the last revised candle of a time range, of M1 and of another timeframe.
     */
    Optional<CandleRevision> findLast(Instrument instrument, Timeframe timeframe, Instant from, Instant to) {
        return find("desc", instrument, timeframe, from, to, 1).stream().findFirst();
    }

    private List<CandleRevision> find(String order, Instrument instrument, Timeframe timeframe, Instant from,
            Instant to, int maxItems) {
        return this.database.sql(SELECT + order + " limit :most")
            .param("feed", instrument.feed())
            .param("symbol", instrument.symbol())
            .param("timeframe", timeframe.name())
            .param("from", from.atOffset(ZoneOffset.UTC))
            .param("to", to.atOffset(ZoneOffset.UTC))
            .param("most", maxItems)
            .query((row, rowNumber) -> new CandleRevision(instrument, row.getString(1), row.getTimestamp(2).toInstant(),
                    row.getInt(3)))
            .list();
    }

    boolean hasMinute(Instrument instrument, Instant openTime) {
        return this.database.sql(COUNT_MINUTE)
            .param("feed", instrument.feed())
            .param("symbol", instrument.symbol())
            .param("at", openTime.atOffset(ZoneOffset.UTC))
            .query(Long.class)
            .single() > 0;
    }

}
