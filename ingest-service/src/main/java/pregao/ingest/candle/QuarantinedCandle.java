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
 * Candle that is or was in quarantine.
 *
 * @param id the ID
 * @param candle the candle as sent; after its release, final and with the stored revision
 * @param median the median of the closes of its neighbors on arrival, units of 1e-8
 * @param neighbours the number of neighbors
 * @param receivedAt when it was received
 * @param releasedAt when it was released, or null
 * @param releasedBy the user who released it, {@code level_change}, or null
 */
public record QuarantinedCandle(long id, Candle candle, long median, int neighbours, Instant receivedAt,
        @Nullable Instant releasedAt, @Nullable String releasedBy) {

    public QuarantineQuery.State state() {
        return (this.releasedAt != null) ? QuarantineQuery.State.RELEASED : QuarantineQuery.State.HELD;
    }

    static QuarantinedCandle of(Readable row) {
        Instrument instrument = new Instrument(getRequired(row, "feed", String.class),
                getRequired(row, "symbol", String.class));
        BigDecimal spread = row.get("spread", BigDecimal.class);
        Integer revision = row.get("revision", Integer.class);
        Candle candle = new Candle(instrument, Timeframe.valueOf(getRequired(row, "timeframe", String.class)),
                getRequired(row, "ts", OffsetDateTime.class).toInstant().toEpochMilli(), getPrice(row, "open"),
                getPrice(row, "high"), getPrice(row, "low"), getPrice(row, "close"),
                getRequired(row, "volume", BigDecimal.class),
                (spread != null) ? new Spread(Prices.of(spread), Spread.Unit.of(row.get("spread_unit", String.class)))
                        : null,
                CandleSource.GIVEN, getRequired(row, "final", Boolean.class), (revision != null) ? revision : 0);
        OffsetDateTime releasedAt = row.get("released_at", OffsetDateTime.class);
        return new QuarantinedCandle(getRequired(row, "id", Long.class), candle, getPrice(row, "median"),
                getRequired(row, "neighbours", Integer.class),
                getRequired(row, "received_at", OffsetDateTime.class).toInstant(),
                (releasedAt != null) ? releasedAt.toInstant() : null, row.get("released_by", String.class));
    }

    private static long getPrice(Readable row, String name) {
        return Prices.of(getRequired(row, name, BigDecimal.class));
    }

    private static <T> T getRequired(Readable row, String name, Class<T> type) {
        return Objects.requireNonNull(row.get(name, type), name);
    }

}
