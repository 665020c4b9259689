package pregao.system.driver;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A candle as a reader gets it; decimals without zeros at their end.
 *
 * @param ts its open time
 * @param open the first price
 * @param high the highest price
 * @param low the lowest price
 * @param close the last price
 * @param volume as given, or ticks counted
 * @param spread or null
 * @param complete whether it is final
 * @param source given, ticks or rollup
 * @param revision 0 while it forms
 */
public record ReadCandle(Instant ts, BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close,
        BigDecimal volume, @Nullable BigDecimal spread, boolean complete, String source, int revision) {

    static ReadCandle of(JsonNode json) {
        JsonNode spread = json.path("spread");
        return new ReadCandle(Instant.parse(json.path("ts").asString()), decimal(json, "open"), decimal(json, "high"),
                decimal(json, "low"), decimal(json, "close"), decimal(json, "volume"),
                spread.isNull() ? null : decimal(json, "spread"), json.path("final").asBoolean(),
                json.path("source").asString(), json.path("revision").asInt());
    }

    private static BigDecimal decimal(JsonNode json, String name) {
        return plain(new BigDecimal(json.path(name).asString()));
    }

    private static BigDecimal plain(BigDecimal decimal) {
        return (decimal.signum() == 0) ? BigDecimal.ZERO : decimal.stripTrailingZeros();
    }

    /**
     * The prices.
     * @return time, open, high, low, close
     */
    public String prices() {
        return "%s %s %s %s %s".formatted(this.ts, this.open.toPlainString(), this.high.toPlainString(),
                this.low.toPlainString(), this.close.toPlainString());
    }

    /**
     * Prices, volume and spread.
     * @return a text to compare
     */
    public String values() {
        return prices() + " v" + this.volume.toPlainString() + " s"
                + ((this.spread != null) ? Objects.requireNonNull(this.spread).toPlainString() : "-");
    }

}
