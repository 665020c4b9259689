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
 * Final candle received with values that differ from the current final candle.
 *
 * @param id the ID
 * @param candle the candle as last received, with the revision with which it was
 * accepted, else 0
 * @param firstSeen when such a candle was first received
 * @param lastSeen when such a candle was last received
 * @param times how often such a candle was received
 * @param acceptedAt when a user accepted it, or null
 * @param acceptedBy the user who accepted it, or null
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
