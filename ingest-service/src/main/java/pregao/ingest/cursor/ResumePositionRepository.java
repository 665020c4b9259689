package pregao.ingest.cursor;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.LongUnaryOperator;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.feed.BucketGrid;
import pregao.ingest.database.DatabaseReader;

/**
 * Repository that finds the positions from which senders resume.
 */
@Component
class ResumePositionRepository {

    /** Forming candles after the last final one must be sent again. */
    private static final String FIND_CANDLE_POSITION = """
            with last as (select ts from market.candle where feed = $1 and symbol = $2 and timeframe = $3
                order by ts desc limit 1),
            closed as (select ts from market.candle where feed = $1 and symbol = $2 and timeframe = $3 and final
                order by ts desc limit 1)
            select (select ts from last), (select ts from market.candle where feed = $1 and symbol = $2
                and timeframe = $3 and not final and ts > coalesce((select ts from closed), '-infinity')
                order by ts limit 1)""";

    private static final String FIND_TICK_POSITION = """
            with newest as (select minute from market.market_data_raw where feed = $1 and symbol = $2
                order by minute desc limit 1)
            select max((tick ->> 'ts')::timestamptz), null::timestamptz
            from market.market_data_raw raw, jsonb_array_elements(raw.data) tick
            where raw.feed = $1 and raw.symbol = $2 and raw.minute = (select minute from newest)""";

    private final DatabaseReader databaseReader;

    ResumePositionRepository(DatabaseReader databaseReader) {
        this.databaseReader = databaseReader;
    }

    Mono<ResumePosition> findCandlePosition(Instrument instrument, BucketGrid grid, Timeframe timeframe,
            ResumeTimeZone zone) {
        return query(FIND_CANDLE_POSITION, instrument, timeframe)
            .map((position) -> new ResumePosition(instrument.feed(), instrument.symbol(), timeframe.name(),
                    position.lastText(zone), position.nextText((last) -> grid.bucketEnd(timeframe, last), zone)));
    }

    Mono<ResumePosition> findTickPosition(Instrument instrument, ResumeTimeZone zone) {
        return query(FIND_TICK_POSITION, instrument, null).map((position) -> new ResumePosition(instrument.feed(),
                instrument.symbol(), "tick", position.lastText(zone), position.nextText((last) -> last, zone)));
    }

    private Mono<StoredPosition> query(String sql, Instrument instrument, @Nullable Timeframe timeframe) {
        return this.databaseReader.read((connection) -> query(connection, sql, instrument, timeframe));
    }

    private static Mono<StoredPosition> query(Connection connection, String sql, Instrument instrument,
            @Nullable Timeframe timeframe) {
        var statement = connection.createStatement(sql).bind(0, instrument.feed()).bind(1, instrument.symbol());
        if (timeframe != null) {
            statement.bind(2, timeframe.name());
        }
        return Flux.from(statement.execute())
            .flatMap((result) -> result.map(ResumePositionRepository::readPosition))
            .single();
    }

    private static StoredPosition readPosition(Readable row) {
        return new StoredPosition(row.get(0, OffsetDateTime.class), row.get(1, OffsetDateTime.class));
    }

    private record StoredPosition(@Nullable OffsetDateTime last, @Nullable OffsetDateTime forming) {

        @Nullable String lastText(ResumeTimeZone zone) {
            return (this.last != null) ? zone.format(this.last.toInstant()) : null;
        }

        @Nullable String nextText(LongUnaryOperator nextTime, ResumeTimeZone zone) {
            if (this.forming != null) {
                return zone.format(this.forming.toInstant());
            }
            return (this.last != null)
                    ? zone.format(Instant.ofEpochMilli(nextTime.applyAsLong(this.last.toInstant().toEpochMilli())))
                    : null;
        }

    }

}
