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
        Instrument instrument = new Instrument(getRequired(row, "feed", String.class),
                getRequired(row, "symbol", String.class));
        BigDecimal spread = row.get("spread", BigDecimal.class);
        Integer revision = row.get("revision", Integer.class);
        Candle candle = new Candle(instrument, Timeframe.valueOf(getRequired(row, "timeframe", String.class)),
                getInstant(row, "ts").toEpochMilli(), getPrice(row, "open"), getPrice(row, "high"),
                getPrice(row, "low"), getPrice(row, "close"), getRequired(row, "volume", BigDecimal.class),
                (spread != null) ? new Spread(Prices.of(spread), Spread.Unit.of(row.get("spread_unit", String.class)))
                        : null,
                CandleSource.GIVEN, true, (revision != null) ? revision : 0);
        OffsetDateTime acceptedAt = row.get("accepted_at", OffsetDateTime.class);
        return new StoredConflict(getRequired(row, "id", Long.class), candle, getInstant(row, "first_seen"),
                getInstant(row, "last_seen"), getRequired(row, "times", Long.class),
                (acceptedAt != null) ? acceptedAt.toInstant() : null, row.get("accepted_by", String.class));
    }

    private static Instant getInstant(Readable row, String name) {
        return getRequired(row, name, OffsetDateTime.class).toInstant();
    }

    private static long getPrice(Readable row, String name) {
        return Prices.of(getRequired(row, name, BigDecimal.class));
    }

    private static <T> T getRequired(Readable row, String name, Class<T> type) {
        return Objects.requireNonNull(row.get(name, type), name);
    }

}
