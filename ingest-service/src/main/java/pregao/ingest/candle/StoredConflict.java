package pregao.ingest.candle;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.candle.Spread;

/**
 * A final candle that came with other values than the final one that stood.
 *
 * @param id its number
 * @param candle as it came last; with the revision it was accepted with, else 0
 * @param firstSeen when such a candle came first
 * @param lastSeen when it came last
 * @param times how often
 * @param acceptedAt when a person accepted it, or null
 * @param acceptedBy who did, or null
 */
public record StoredConflict(long id, Candle candle, Instant firstSeen, Instant lastSeen, long times,
        @Nullable Instant acceptedAt, @Nullable String acceptedBy) {

    public ConflictQuery.State state() {
        return (this.acceptedAt != null) ? ConflictQuery.State.ACCEPTED : ConflictQuery.State.OPEN;
    }

    static StoredConflict of(Readable row) {
        Instrument instrument = new Instrument(value(row, "feed", String.class), value(row, "symbol", String.class));
        BigDecimal spread = row.get("spread", BigDecimal.class);
        Integer revision = row.get("revision", Integer.class);
        Candle candle = new Candle(instrument, Timeframe.valueOf(value(row, "timeframe", String.class)),
                moment(row, "ts").toEpochMilli(), price(row, "open"), price(row, "high"), price(row, "low"),
                price(row, "close"), value(row, "volume", BigDecimal.class), (spread != null)
                        ? new Spread(Prices.of(spread), Spread.Unit.of(row.get("spread_unit", String.class))) : null,
                CandleSource.GIVEN, true, (revision != null) ? revision : 0);
        OffsetDateTime acceptedAt = row.get("accepted_at", OffsetDateTime.class);
        return new StoredConflict(value(row, "id", Long.class), candle, moment(row, "first_seen"),
                moment(row, "last_seen"), value(row, "times", Long.class),
                (acceptedAt != null) ? acceptedAt.toInstant() : null, row.get("accepted_by", String.class));
    }

    private static Instant moment(Readable row, String name) {
        return value(row, name, OffsetDateTime.class).toInstant();
    }

    private static long price(Readable row, String name) {
        return Prices.of(value(row, name, BigDecimal.class));
    }

    private static <T> T value(Readable row, String name, Class<T> type) {
        return Objects.requireNonNull(row.get(name, type), name);
    }

}
