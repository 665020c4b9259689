package pregao.indicators.coverage;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;

/**
 * Reads the open times of stored candles from the primary key alone. They are sent as
 * four bytes each, so that a year of minutes takes two megabytes.
 */
@Component
public class OpenTimeRepository {

    private static final String SELECT_OPEN_TIMES = """
            select coalesce(string_agg(int4send((date_part('epoch', ts) / 60)::int), ''::bytea order by ts), ''::bytea)
            from market.candle
            where feed = $1 and symbol = $2 and timeframe = $3 and ts >= $4 and ts < $5""";

    private static final long MILLIS_PER_MINUTE = Timeframe.M1.millis();

    private final DatabaseClient databaseClient;

    OpenTimeRepository(DatabaseClient databaseClient) {
        this.databaseClient = databaseClient;
    }

    /**
     * Finds the open times of a period.
     * @param instrument the instrument
     * @param timeframe the timeframe
     * @param from the first open time
     * @param to the end of the period, exclusive
     * @return the open times in epoch milliseconds, ascending
     */
    public Mono<long[]> findBetween(Instrument instrument, Timeframe timeframe, Instant from, Instant to) {
        return this.databaseClient.sql(SELECT_OPEN_TIMES)
            .bind(0, instrument.feed())
            .bind(1, instrument.symbol())
            .bind(2, timeframe.name())
            .bind(3, from.atOffset(ZoneOffset.UTC))
            .bind(4, to.atOffset(ZoneOffset.UTC))
            .mapValue(ByteBuffer.class)
            .one()
            .map(OpenTimeRepository::toOpenTimes);
    }

    private static long[] toOpenTimes(ByteBuffer minutes) {
        long[] openTimes = new long[minutes.remaining() / Integer.BYTES];
        for (int i = 0; i < openTimes.length; i++) {
            openTimes[i] = minutes.getInt() * MILLIS_PER_MINUTE;
        }
        return openTimes;
    }

}
