package pregao.ingest.quarantine;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;
import pregao.contracts.Prices;
import pregao.contracts.tick.TickBatch;
import pregao.ingest.candle.QuarantineQuery;

/**
 * Tick that is or was in quarantine.
 *
 * @param id the ID, always even
 * @param ticks a batch that contains only this tick
 * @param price the price that was checked, units of 1e-8
 * @param median the median of its neighbors on arrival, units of 1e-8
 * @param neighbors the number of neighbors
 * @param state whether it is held or released
 * @param receivedAt when it was received
 * @param releasedAt when it was last released, or null
 * @param releasedBy the user who released it, {@code level_change}, or null
 * @param undoneAt when its release was undone, or null
 * @param undoneBy the user who undid the release, or null
 */
record QuarantinedTick(long id, TickBatch ticks, long price, long median, int neighbors, QuarantineQuery.State state,
        Instant receivedAt, @Nullable Instant releasedAt, @Nullable String releasedBy, @Nullable Instant undoneAt,
        @Nullable String undoneBy) {

    static final String COLUMNS = "id, feed, symbol, ts, seq, bid, ask, last, volume, flags, price, median, neighbors,"
            + " state, received_at, released_at, released_by, undone_at, undone_by";

    Instrument instrument() {
        return this.ticks.instrument();
    }

    static QuarantinedTick of(Readable row) {
        Instrument instrument = new Instrument(getRequired(row, "feed", String.class),
                getRequired(row, "symbol", String.class));
        TickBatch ticks = TickBatch.of(instrument, PriceBasis.MID, 0, 1)
            .add(getRequired(row, "ts", OffsetDateTime.class).toInstant().toEpochMilli(),
                    getRequired(row, "seq", Integer.class), getPrice(row, "bid"), getPrice(row, "ask"),
                    getPrice(row, "last"), getRequired(row, "volume", BigDecimal.class).stripTrailingZeros(),
                    getRequired(row, "flags", Integer.class))
            .build();
        QuarantineQuery.State state = QuarantineQuery.State.of(getRequired(row, "state", String.class)).orElseThrow();
        return new QuarantinedTick(getRequired(row, "id", Long.class), ticks, getPrice(row, "price"),
                getPrice(row, "median"), getRequired(row, "neighbors", Integer.class), state,
                getRequired(row, "received_at", OffsetDateTime.class).toInstant(), getInstant(row, "released_at"),
                row.get("released_by", String.class), getInstant(row, "undone_at"), row.get("undone_by", String.class));
    }

    private static @Nullable Instant getInstant(Readable row, String name) {
        OffsetDateTime time = row.get(name, OffsetDateTime.class);
        return (time != null) ? time.toInstant() : null;
    }

    private static long getPrice(Readable row, String name) {
        return Prices.of(getRequired(row, name, BigDecimal.class));
    }

    private static <T> T getRequired(Readable row, String name, Class<T> type) {
        return Objects.requireNonNull(row.get(name, type), name);
    }

}
